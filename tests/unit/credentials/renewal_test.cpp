// SPDX-License-Identifier: Apache-2.0
#include "credentials/renewal.hpp"

#include <gtest/gtest.h>

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using Step = Renewal::Step;

constexpr Time kStart{1'767'323'045'000ms};

// Both clocks run on together, unless a test sets one.
Moment after(Milliseconds span, Milliseconds wall_is_off = 0ms) {
  return {.wall = kStart + span + wall_is_off, .steady = Instant{} + span};
}

AccessKey key(std::optional<Milliseconds> life, const std::string& id = "STS.1") {
  AccessKey key{.id = id, .secret = Secret("s")};
  if (life) key.expiration = kStart + *life;
  return key;
}

Error failure(std::optional<Milliseconds> retry_after = {}) {
  return {.kind = ErrorKind::retry, .cause = ErrorCause::server, .message = "no", .retry_after = retry_after};
}

TEST(Renewal, BeginsByFetching) {
  EXPECT_EQ(Renewal{}.next(after(0s)), Step::fetch);
}

TEST(Renewal, IsDueAFifthOfItsLifeOrFifteenMinutesBeforeItsEnd) {
  const struct {
    Milliseconds life;
    double random;
    Milliseconds due;
  } cases[] = {
      {1h, 0, 48min},        {1h, 1, 45min + 36s}, {12h, 0, 11h + 45min},
      {12h, 1, 11h + 42min}, {5s, 0, 10s},  // however short it is: not a storm
  };
  for (const auto& [life, random, due] : cases) {
    Renewal renewal;
    renewal.fetched(key(life), after(0s), random);
    EXPECT_NE(renewal.next(after(due - 1ms)), Step::serve_and_fetch);
    const Step expected = due < life ? Step::serve_and_fetch : Step::fetch;
    EXPECT_EQ(renewal.next(after(due)), expected) << due.count();
  }
}

TEST(Renewal, ExpiresByWhicheverClockComesFirst) {
  Renewal renewal;
  renewal.fetched(key(1h), after(0s), 0);
  EXPECT_EQ(renewal.next(after(30min)), Step::serve);
  EXPECT_EQ(renewal.next(after(30min, 31min)), Step::fetch) << "the calendar was put forward";
  EXPECT_EQ(renewal.next(after(61min, -2h)), Step::fetch) << "the calendar was put back";
  EXPECT_FALSE(renewal.has_good_key(after(60min)));
}

TEST(Renewal, KeyThatHasExpiredWhenItComesIsUsedAndRenewedAfterAMinute) {
  Renewal renewal;
  renewal.fetched(key(-10min), after(0s), 0);
  EXPECT_EQ(renewal.next(after(59s)), Step::serve);
  EXPECT_EQ(renewal.next(after(60s)), Step::serve_and_fetch);
}

TEST(Renewal, KeyWithoutAnEndIsRenewedAndNeverExpires) {
  Renewal renewal;
  renewal.fetched(key(std::nullopt), after(0s), 0);
  EXPECT_EQ(renewal.next(after(47min)), Step::serve);
  EXPECT_EQ(renewal.next(after(100h)), Step::serve_and_fetch);
}

TEST(Renewal, SourceThatFailsIsLeftAloneForLongerAndLonger) {
  Renewal renewal;
  Milliseconds now = 0s;
  for (const Milliseconds pause : {2s, 4s, 8s, 16s, 30s, 30s}) {  // with the least jitter
    renewal.failed(failure(), after(now), 0);
    EXPECT_EQ(renewal.next(after(now + pause - 1ms)), Step::fail);
    now += pause;
    EXPECT_EQ(renewal.next(after(now)), Step::fetch);
  }
  renewal.fetched(key(10h), after(now), 0);
  renewal.failed(failure(), after(now), 0);
  EXPECT_EQ(renewal.next(after(now)), Step::serve) << "the old key is still good";
}

TEST(Renewal, APauseThatTheSourceAsksForIsKept) {
  Renewal renewal;
  renewal.failed(failure(5min), after(0s), 0);
  EXPECT_EQ(renewal.next(after(5min - 1ms)), Step::fail);
  EXPECT_EQ(renewal.next(after(5min)), Step::fetch);
  EXPECT_EQ(renewal.error().message, "no");
}

TEST(Renewal, ARefusedKeyIsFetchedAnewButNotInAStorm) {
  Renewal renewal;
  renewal.fetched(key(1h), after(0s), 0);
  renewal.refused(key(1h), after(9s));
  EXPECT_EQ(renewal.next(after(9s)), Step::serve) << "it has only just been fetched";
  renewal.refused(key(1h), after(10s));
  EXPECT_EQ(renewal.next(after(10s)), Step::fetch);
  renewal.fetched(key(1h), after(10s), 0);
  EXPECT_EQ(renewal.next(after(10s)), Step::serve);
}

TEST(Renewal, TheRefusalOfAnotherKeyIsOldNews) {
  Renewal renewal;
  renewal.fetched(key(1h, "STS.2"), after(0s), 0);
  renewal.refused(key(1h, "STS.1"), after(1min));
  EXPECT_EQ(renewal.next(after(1min)), Step::serve);
}

}  // namespace
}  // namespace sas::credentials
