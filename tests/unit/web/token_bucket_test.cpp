// SPDX-License-Identifier: Apache-2.0
#include "web/token_bucket.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

using namespace std::chrono_literals;

TEST(TokenBucket, ABurstMayComeAtOnceAndThenOneEachInterval) {
  TokenBucket bucket({.interval = 1s, .burst = 3});
  Instant now{100s};
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(bucket.take(now)) << i;
  EXPECT_FALSE(bucket.take(now));
  now += 999ms;
  EXPECT_FALSE(bucket.take(now));
  now += 1ms;
  EXPECT_TRUE(bucket.take(now));
  EXPECT_FALSE(bucket.take(now));
}

TEST(TokenBucket, APartOfAnIntervalIsNotLost) {
  TokenBucket bucket({.interval = 1s, .burst = 1});
  Instant now{100s};
  EXPECT_TRUE(bucket.take(now));
  for (int i = 0; i < 9; ++i) {
    now += 100ms;
    EXPECT_FALSE(bucket.take(now)) << i;
  }
  now += 100ms;
  EXPECT_TRUE(bucket.take(now));
}

TEST(TokenBucket, LongQuietGivesNoMoreThanTheBurst) {
  TokenBucket bucket({.interval = 1ns, .burst = 2});
  EXPECT_TRUE(bucket.take(Instant{1s}));
  const Instant much_later{24h * 365};
  EXPECT_TRUE(bucket.take(much_later));
  EXPECT_TRUE(bucket.take(much_later));
  EXPECT_FALSE(bucket.take(much_later));
}

}  // namespace
}  // namespace sas::web
