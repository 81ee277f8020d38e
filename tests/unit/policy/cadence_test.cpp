// SPDX-License-Identifier: Apache-2.0
#include "policy/cadence.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kStart{std::chrono::hours{5}};
constexpr CadenceLimits kLimits{.interval = seconds{30}, .idle_interval = minutes{2}, .jitter = 0.1};
constexpr double kMiddle = 0.5;  // no jitter

EndedPoll poll(PollResult result, bool any_active, unsigned failures = 0) {
  return {.started = kStart,
          .ended = kStart + seconds{1},
          .result = result,
          .any_active = any_active,
          .failures = failures};
}

TEST(Cadence, LooksOftenWhileSomethingIsActive) {
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::complete, true), kMiddle), kStart + seconds{30});
}

TEST(Cadence, LooksSeldomWhileNothingIs) {
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::complete, false), kMiddle), kStart + minutes{2});
}

TEST(Cadence, FailuresDoubleTheWaitUpToTheIdleInterval) {
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::failed, true, 1), kMiddle), kStart + seconds{30});
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::incomplete, true, 2), kMiddle), kStart + seconds{60});
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::failed, true, 3), kMiddle), kStart + minutes{2});
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::failed, true, 4'000'000'000), kMiddle), kStart + minutes{2});
}

TEST(Cadence, JitterGoesBothWays) {
  EXPECT_EQ(next_poll(kLimits, poll(PollResult::complete, true), 0.0), kStart + seconds{27});
  EXPECT_GT(next_poll(kLimits, poll(PollResult::complete, true), 0.999), kStart + seconds{32});
  EXPECT_LT(next_poll(kLimits, poll(PollResult::complete, true), 0.999), kStart + seconds{33});
}

TEST(Cadence, ALongPollIsFollowedAtOnceButNeverOverlapped) {
  EndedPoll last = poll(PollResult::complete, true);
  last.ended = kStart + minutes{10};
  EXPECT_EQ(next_poll(kLimits, last, kMiddle), last.ended);
}

TEST(Cadence, LooksAgainSoonerWhileATaskCannotBeFound) {
  EndedPoll last = poll(PollResult::complete, false);
  last.any_absent = true;
  EXPECT_EQ(next_poll(kLimits, last, kMiddle), kStart + seconds{15});
}

TEST(Cadence, PollsThatShouldHaveStartedWhileOneRanAreSkipped) {
  EndedPoll last = poll(PollResult::complete, true);
  for (const auto& [took, skipped] : {std::pair(seconds{0}, 0U), std::pair(seconds{29}, 0U),
                                      std::pair(seconds{30}, 1U), std::pair(seconds{95}, 3U)}) {
    last.ended = kStart + took;
    EXPECT_EQ(skipped_polls(kLimits, last), skipped) << took.count();
  }
}

TEST(Cadence, TargetsStartOneAfterTheOther) {
  EXPECT_EQ(first_poll(kLimits, kStart, 0, 3), kStart);
  EXPECT_EQ(first_poll(kLimits, kStart, 1, 3), kStart + seconds{1});
  EXPECT_EQ(first_poll(kLimits, kStart, 2, 3), kStart + seconds{2});
}

TEST(Cadence, FirstPollsOfManyTargetsAreSpreadWider) {
  EXPECT_EQ(first_poll(kLimits, kStart, 100, 200), kStart + seconds{5});
  EXPECT_EQ(first_poll(kLimits, kStart, 199, 200), kStart + std::chrono::milliseconds{9'950});
  EXPECT_EQ(first_poll(kLimits, kStart, 999, 1'000), kStart + std::chrono::milliseconds{29'970})
      << "not beyond the interval";
}

}  // namespace
}  // namespace sas::policy
