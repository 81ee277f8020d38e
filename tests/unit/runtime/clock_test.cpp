// SPDX-License-Identifier: Apache-2.0
#include "runtime/clock.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace sas::runtime {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Time kThen{std::chrono::milliseconds{1'767'355'200'000}};

TEST(Clock, ManualTimeStandsStillUntilItIsMoved) {
  ManualClock clock(kThen);
  const Instant before = Clock::now();
  EXPECT_EQ(Clock::now(), before);
  EXPECT_EQ(wall_now(), kThen);
  clock.advance(hours{3});
  EXPECT_EQ(Clock::now() - before, hours{3});
  EXPECT_EQ(wall_now(), kThen + hours{3});
}

TEST(Clock, RealTimeComesBackWhenTheManualClockGoes) {
  { const ManualClock clock(Time{}); }
  EXPECT_GT(wall_now(), kThen);
}

TEST(Clock, OnlyOneManualClockAtATime) {
  const ManualClock clock(kThen);
  EXPECT_THROW(ManualClock another(kThen), std::logic_error);
}

TEST(Clock, TheEarliestPendingWaitIsKnown) {
  const ManualClock clock(kThen);
  EXPECT_FALSE(clock.next_expiry());
  const PendingWait later(Clock::now() + seconds{9});
  {
    const PendingWait sooner(Clock::now() + seconds{3});
    EXPECT_EQ(clock.next_expiry(), Clock::now() + seconds{3});
  }
  EXPECT_EQ(clock.next_expiry(), Clock::now() + seconds{9});
}

}  // namespace
}  // namespace sas::runtime
