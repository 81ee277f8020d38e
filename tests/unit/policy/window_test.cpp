// SPDX-License-Identifier: Apache-2.0
#include "policy/window.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Time kNoon{hours{24 * 365}};
constexpr Milliseconds kDay = hours{24};

TEST(Window, ReachesTheLookbackWhileNothingIsCovered) {
  EXPECT_EQ(window_start(kDay, {}, kNoon), kNoon - kDay);
}

TEST(Window, ReachesTheLookbackWhilePollsComplete) {
  EXPECT_EQ(
      window_start(kDay, {.last_complete = kNoon - minutes{1}, .since = kNoon - minutes{1} - kDay}, kNoon),
      kNoon - kDay);
}

TEST(Window, ReachesTheLastCompletePollHoweverLongAgoThatIs) {
  EXPECT_EQ(window_start(kDay, {.last_complete = kNoon - hours{72}, .since = kNoon - hours{96}}, kNoon),
            kNoon - hours{72} - kClockOverlap);
}

TEST(Window, AShortLookbackStillOverlapsTheLastCompletePoll) {
  EXPECT_EQ(
      window_start(minutes{1}, {.last_complete = kNoon - minutes{10}, .since = kNoon - hours{2}}, kNoon),
      kNoon - minutes{10} - kClockOverlap);
}

TEST(Window, NeverReachesBehindWhatMayBeForgotten) {
  // The clock was set back by an hour.
  EXPECT_EQ(window_start(kDay, {.last_complete = kNoon, .since = kNoon - kDay}, kNoon - hours{1}),
            kNoon - kDay);
  // The lookback was made longer by configuration.
  EXPECT_EQ(window_start(2 * kDay, {.last_complete = kNoon - minutes{1}, .since = kNoon - kDay}, kNoon),
            kNoon - kDay);
}

}  // namespace
}  // namespace sas::policy
