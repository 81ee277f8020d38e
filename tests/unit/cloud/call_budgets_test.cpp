// SPDX-License-Identifier: Apache-2.0
#include "cloud/call_budgets.hpp"

#include <gtest/gtest.h>

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

TEST(CallBudgets, KeysThatNobodyUsesAnyMoreLeaveNothingBehind) {
  CallBudgets budgets(5);
  for (int i = 0; i < 100; ++i)
    budgets.of("STS." + std::to_string(i), "ListOperationProcess");
  EXPECT_EQ(budgets.size(), 1U);
}

}  // namespace
}  // namespace sas::cloud
