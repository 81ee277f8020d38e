// SPDX-License-Identifier: Apache-2.0
// How the examinations are put together; what they ask is asked end to end.
#include "doctor/examine.hpp"

#include <gtest/gtest.h>

namespace sas::doctor {
namespace {

settings::Poll poll() {
  settings::Poll poll;
  poll.max_requests_per_second = 5;
  poll.interval = std::chrono::seconds{30};
  return poll;
}

Examined examined(std::optional<std::string> key) {
  return {.examination = {.target = "t", .endpoint = "e", .checks = {}}, .access_key_id = std::move(key)};
}

TEST(Conclude, CountsTheTargetsOfEachKeyAndKeepsTheirOrder) {
  std::vector<Examined> all{examined("a"), examined(std::nullopt), examined("b"), examined("a")};
  all[3].examination.target = "last";
  const Report report = conclude(std::move(all), poll());
  ASSERT_EQ(report.size(), 4U);
  EXPECT_EQ(report[3].target, "last");
  EXPECT_EQ(report[0].checks.back().facts.at("targets_sharing_key"), 2U);
  EXPECT_TRUE(report[1].checks.back().facts.at("targets_sharing_key").is_null());
  EXPECT_EQ(report[2].checks.back().facts.at("targets_sharing_key"), 1U);
}

}  // namespace
}  // namespace sas::doctor
