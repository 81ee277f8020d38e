// SPDX-License-Identifier: Apache-2.0
#include "doctor/budget_check.hpp"

#include <gmock/gmock.h>

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

settings::Poll poll(double per_second, Milliseconds interval) {
  settings::Poll poll;
  poll.max_requests_per_second = per_second;
  poll.interval = interval;
  return poll;
}

TEST(BudgetCheck, TellsWhatAPollTakesOfWhatIsAllowed) {
  const Check check = budget_check(poll(5, 30s), 1);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "a poll takes 2 calls at least, of the 150 that 5 a second allow in 30s");
  EXPECT_EQ(check.facts.at("max_requests_per_second"), 5);
  EXPECT_EQ(check.facts.at("targets_sharing_key"), 1U);
  EXPECT_TRUE(budget_check(poll(5, 30s), std::nullopt).facts.at("targets_sharing_key").is_null());
}

TEST(BudgetCheck, TargetsOfOneKeyShareIt) {
  const Check fits = budget_check(poll(0.5, 30s), 7);
  EXPECT_EQ(fits.status, Status::ok);
  EXPECT_EQ(
      fits.finding,
      "a poll takes 2 calls at least, 7 targets share the key: 14 of the 15 that 0.5 a second allow in 30s");
  const Check check = budget_check(poll(0.5, 30s), 8);
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_THAT(check.remedy, AllOf(HasSubstr("to 32s or more"), HasSubstr("to 0.6 or more")));
}

}  // namespace
}  // namespace sas::doctor
