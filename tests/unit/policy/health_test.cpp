// SPDX-License-Identifier: Apache-2.0
#include "policy/health.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNow{std::chrono::hours{9}};

TEST(Health, NothingIsServedBeforeAPollCompleted) {
  TargetHealth health;
  EXPECT_TRUE(is_stale(health, minutes{5}, kNow));
}

TEST(Health, WhilePollsFailValuesAreHeldForSoLongAndNoLonger) {
  TargetHealth health;
  health.last_success = kNow - minutes{5};
  health.next_poll = kNow;
  health.failing = true;
  EXPECT_FALSE(is_stale(health, minutes{5}, kNow));
  EXPECT_TRUE(is_stale(health, minutes{5}, kNow + seconds{1}));
}

TEST(Health, BetweenPollsInGoodOrderNothingIsStaleHoweverSeldomTheyAre) {
  TargetHealth health;
  health.last_success = kNow - minutes{60};
  health.next_poll = kNow + minutes{60};
  EXPECT_FALSE(is_stale(health, minutes{0}, kNow));
}

TEST(Health, APollThatDoesNotEndConfirmsNothing) {
  TargetHealth health;
  health.last_success = kNow - minutes{60};
  health.next_poll = kNow;
  EXPECT_FALSE(is_stale(health, minutes{5}, kNow + minutes{5}));
  EXPECT_TRUE(is_stale(health, minutes{5}, kNow + minutes{5} + seconds{1}));
}

TEST(Health, APollerIsAliveWhileItWaitsAndWhilePagesCome) {
  TargetHealth health;
  health.last_sign = kNow - minutes{30};
  health.next_poll = kNow + minutes{1};
  EXPECT_TRUE(is_alive(health, minutes{2}, kNow));
  EXPECT_TRUE(is_alive(health, minutes{2}, kNow + minutes{3}));
  EXPECT_FALSE(is_alive(health, minutes{2}, kNow + minutes{4}));
  health.last_sign = kNow + minutes{4};
  EXPECT_TRUE(is_alive(health, minutes{2}, kNow + minutes{4}));
}

}  // namespace
}  // namespace sas::policy
