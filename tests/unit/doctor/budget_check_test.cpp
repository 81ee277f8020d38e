// SPDX-License-Identifier: Apache-2.0
#include "doctor/budget_check.hpp"

#include <gmock/gmock.h>

#include "doctor/examine.hpp"

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

Examined examined(std::optional<std::string> key) {
  return {.examination = {.target = "t", .endpoint = "e", .checks = {}}, .access_key_id = std::move(key)};
}

TEST(Conclude, CountsTheTargetsOfEachKeyAndKeepsTheirOrder) {
  std::vector<Examined> all{examined("a"), examined(std::nullopt), examined("b"), examined("a")};
  all[3].examination.target = "last";
  const Report report = conclude(std::move(all), poll(5, 30s));
  ASSERT_EQ(report.size(), 4U);
  EXPECT_EQ(report[3].target, "last");
  EXPECT_EQ(report[0].checks.back().facts.at("targets_sharing_key"), 2U);
  EXPECT_TRUE(report[1].checks.back().facts.at("targets_sharing_key").is_null());
  EXPECT_EQ(report[2].checks.back().facts.at("targets_sharing_key"), 1U);
}

}  // namespace
}  // namespace sas::doctor
