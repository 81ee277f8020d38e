// SPDX-License-Identifier: Apache-2.0
#include "cloud/call_budgets.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "runtime/clock.hpp"

namespace sas::cloud {
namespace {

TEST(CallBudgets, SameKeyAndActionShareOne) {
  CallBudgets budgets(5);
  const auto budget = budgets.of("LTAI1", "ListOperationProcess");
  EXPECT_EQ(budgets.of("LTAI1", "ListOperationProcess"), budget);
  EXPECT_NE(budgets.of("LTAI1", "ListOperationProcessDetail"), budget);
  EXPECT_NE(budgets.of("LTAI2", "ListOperationProcess"), budget);
}

TEST(CallBudgets, AKeyThatReplacesAnotherGoesOnInItsBudgets) {
  CallBudgets budgets(5);
  const auto budget = budgets.of("STS.1", "ListOperationProcess");
  const auto others = budgets.of("LTAI2", "ListOperationProcess");
  budgets.follow("STS.1", "STS.2");
  EXPECT_EQ(budgets.of("STS.2", "ListOperationProcess"), budget);
  EXPECT_EQ(budgets.of("STS.1", "ListOperationProcess"), budget) << "whoever still has the old one";
  budgets.follow("STS.2", "LTAI2");
  EXPECT_EQ(budgets.of("LTAI2", "ListOperationProcess"), others) << "in use already";
}

// Whoever comes once is followed by others who do the same.
TEST(CallBudgets, WhatWasCalledCountsAlsoWhereNobodyHoldsTheBudgetAnyMore) {
  const runtime::ManualClock clock{Time{}};
  const Instant now = runtime::Clock::now();
  CallBudgets budgets(2);
  for (int i = 0; i < 2; ++i) {
    const auto held = budgets.of("LTAI1", "ListOperationProcess");
    const auto ticket = held->enter();
    held->depart(ticket, now);
    held->answered(ticket, now);
  }
  const auto third = budgets.of("LTAI1", "ListOperationProcess");
  EXPECT_EQ(third->due(third->enter(), now), now + std::chrono::seconds{1});
}

TEST(CallBudgets, KeysThatNobodyUsesAnyMoreLeaveNothingBehind) {
  runtime::ManualClock clock{Time{}};
  CallBudgets budgets(5);
  const auto held = budgets.of("STS.0", "ListOperationProcess");
  for (int hour = 0; hour < 100; ++hour) {
    const std::string old_id = "STS." + std::to_string(hour);
    const std::string new_id = "STS." + std::to_string(hour + 1);
    budgets.follow(old_id, new_id);
    for (int minute = 0; minute < 48; ++minute) {
      clock.advance(std::chrono::minutes{1});
      EXPECT_EQ(budgets.of(new_id, "ListOperationProcess"), held);
    }
  }
  EXPECT_LE(budgets.size(), 3U);
  clock.advance(std::chrono::hours{1});
  budgets.of("LTAI1", "ListOperationProcess");
  EXPECT_EQ(budgets.size(), 1U);
}

}  // namespace
}  // namespace sas::cloud
