// SPDX-License-Identifier: Apache-2.0
#include "tasks/census.hpp"

#include <gtest/gtest.h>

#include "support/task_builder.hpp"
#include "tasks/diff.hpp"

namespace sas::tasks {
namespace {

TEST(Census, CountsByTypeAndStateAndWhatIsActive) {
  TaskTable table("production");
  const Observation observation{.number = 1, .at = support::kNoon, .telling = Telling::baseline};
  apply(table,
        support::page_of({support::running("a"), support::not_started("b"),
                          support::complete("c").type("CHECK_ITEM"), support::timed_out("d"),
                          support::TaskBuilder("e").status(8), support::TaskBuilder("f").status(-1)}),
        observation);
  const Census census = count(table);
  EXPECT_EQ(census.active, 2U);
  EXPECT_EQ(census.by_type.at("CHECK_ALL"), (std::array<std::size_t, 5>{1, 1, 0, 1, 2}));
  EXPECT_EQ(census.by_type.at("CHECK_ITEM"), (std::array<std::size_t, 5>{0, 0, 1, 0, 0}));
}

}  // namespace
}  // namespace sas::tasks
