// SPDX-License-Identifier: Apache-2.0
#include "policy/empty_listing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using tasks::Telling;
using testing::HasSubstr;
using testing::Not;

constexpr WholeListing kFirst{
    .telling = Telling::baseline, .tasks_ever = 0, .lookback = std::chrono::hours{24}};

Target at(std::string site, std::vector<std::string> types = {}, std::vector<std::string> sources = {}) {
  Target target;
  target.site = std::move(site);
  target.task_types = std::move(types);
  target.task_sources = std::move(sources);
  return target;
}

TEST(EmptyListing, NamesTheOtherCentre) {
  EXPECT_EQ(
      hint_at_empty(at("cn"), kFirst),
      "none is active and none was created within 1d; the account may be at the other centre: try site: "
      "intl");
  EXPECT_THAT(hint_at_empty(at("intl"), kFirst), HasSubstr("try site: cn"));
}

TEST(EmptyListing, OfAnEndpointThatIsNoCentresItNamesBoth) {
  EXPECT_THAT(hint_at_empty(at(""), kFirst), HasSubstr("site: cn or site: intl"));
}

TEST(EmptyListing, SaysThatFiltersMayLeaveNoneAndWhich) {
  EXPECT_THAT(hint_at_empty(at("cn", {"CHECK_ALL"}), kFirst),
              HasSubstr("; task_types of the target may leave none, or the account may be at the other"));
  EXPECT_THAT(hint_at_empty(at("cn", {}, {"web"}), kFirst), HasSubstr("; task_sources of the target may"));
  EXPECT_THAT(hint_at_empty(at("cn", {"CHECK_ALL"}, {"web"}), kFirst),
              HasSubstr("; task_types and task_sources of the target may"));
  EXPECT_THAT(hint_at_empty(at("cn"), kFirst), Not(HasSubstr("may leave none")));
}

TEST(EmptyListing, NothingIsToldWhereThereIsOrWasATaskOrAnEarlierPollWasWhole) {
  const struct {
    Telling telling;
    std::size_t tasks_ever;
  } cases[] = {{Telling::baseline, 1}, {Telling::changes, 0}, {Telling::changes, 3}};
  for (const auto& [telling, tasks_ever] : cases) {
    WholeListing listing = kFirst;
    listing.telling = telling;
    listing.tasks_ever = tasks_ever;
    EXPECT_EQ(hint_at_empty(at("cn"), listing), "");
  }
}

}  // namespace
}  // namespace sas::policy
