// SPDX-License-Identifier: Apache-2.0
#include "tasks/task.hpp"

#include <gtest/gtest.h>

namespace sas::tasks {
namespace {

TEST(Task, StatusCodesHaveTheirDocumentedNames) {
  EXPECT_EQ(status_name(0), "not_started");
  EXPECT_EQ(status_name(1), "running");
  EXPECT_EQ(status_name(2), "complete");
  EXPECT_EQ(status_name(3), "timed_out");
}

TEST(Task, AnyOtherStatusCodeIsUnknownAndNeitherActiveNorEnded) {
  for (const StatusCode code : {-1, 4, 5, 1'000'000}) {
    EXPECT_EQ(status_name(code), "unknown");
    EXPECT_FALSE(is_active(code));
    EXPECT_FALSE(has_ended(code));
  }
}

TEST(Task, AnIdIsShownWithoutTheWhiteSpaceAroundIt) {
  EXPECT_EQ(shown_id("3d7a1b68-599f***\n"), "3d7a1b68-599f***");
  EXPECT_EQ(shown_id("\t a b \r\n"), "a b");
  EXPECT_EQ(shown_id(" \n"), "");
  EXPECT_EQ(shown_id(""), "");
}

}  // namespace
}  // namespace sas::tasks
