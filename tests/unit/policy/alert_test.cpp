// SPDX-License-Identifier: Apache-2.0
#include "policy/alert.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

TEST(Alert, EachHasItsOwnWords) {
  std::set<std::string_view> names;
  std::set<std::string_view> alertnames;
  for (const Alert alert : kAlerts) {
    names.insert(to_string(alert));
    alertnames.insert(alertname(alert));
  }
  EXPECT_EQ(names.size(), kAlerts.size());
  EXPECT_EQ(alertnames.size(), kAlerts.size());
}

TEST(Alert, TheWordsAreThoseOfTheAlert) {
  EXPECT_EQ(to_string(Alert::running_longer_than), "running_longer_than");
  EXPECT_EQ(alertname(Alert::running_longer_than), "SasTaskRunningLong");
  EXPECT_EQ(to_string(Alert::contract_drift), "contract_drift");
  EXPECT_EQ(alertname(Alert::contract_drift), "SasContractDrift");
  EXPECT_EQ(severity(Alert::contract_drift), Severity::info);
  EXPECT_EQ(severity(Alert::poll_failing), Severity::critical);
  EXPECT_EQ(severity(Alert::stalled), Severity::warning);
}

TEST(Alert, WhatIsNotAboutTheListNeedsNone) {
  EXPECT_TRUE(needs_whole_list(Alert::stalled));
  EXPECT_TRUE(needs_whole_list(Alert::expected_check_missing));
  EXPECT_FALSE(needs_whole_list(Alert::poll_failing));
  EXPECT_FALSE(needs_whole_list(Alert::credentials_expiring));
}

}  // namespace
}  // namespace sas::policy
