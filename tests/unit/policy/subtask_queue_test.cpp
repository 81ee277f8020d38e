// SPDX-License-Identifier: Apache-2.0
#include "policy/subtask_queue.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant kStart{};

EndedTask task(std::string id, int minute) {
  return {.id = std::move(id), .at = kNoon + minutes{minute}};
}

Error error_of(ErrorCause cause) {
  return {.kind = ErrorKind::retry, .cause = cause, .message = {}};
}

/// The ids in the order in which they come where all can be read.
std::vector<std::string> read_all(SubtaskQueue& queue, Instant now = kStart) {
  std::vector<std::string> order;
  while (const auto next = queue.next(now)) {
    order.push_back(next->id);
    queue.read(*next);
  }
  return order;
}

/// What comes of failing whoever is next, as soon as somebody is: how long that took each time.
std::vector<Milliseconds> pauses(SubtaskQueue& queue, ErrorCause cause, int failures) {
  std::vector<Milliseconds> pauses;
  Instant now = kStart;
  for (int i = 0; i < failures; ++i) {
    queue.failed(*queue.next(now), error_of(cause), now);
    const Instant failed = now;
    while (!queue.next(now) && now < failed + hours{5})
      now += seconds{1};
    pauses.push_back(std::chrono::duration_cast<Milliseconds>(now - failed));
  }
  return pauses;
}

TEST(SubtaskQueue, TheLatestToEndIsNextAndEachIsReadOnce) {
  SubtaskQueue queue;
  queue.ended(task("old", 1));
  queue.ended(task("new", 3));
  queue.ended(task("middle", 2));
  EXPECT_EQ(queue.waiting(), 3U);
  EXPECT_THAT(read_all(queue), ElementsAre("new", "middle", "old"));
  queue.ended(task("old", 1));
  queue.ended(task("new", 3));
  EXPECT_THAT(read_all(queue), IsEmpty());
  EXPECT_EQ(queue.waiting(), 0U);
}

TEST(SubtaskQueue, ItIsTheSameOnesTurnUntilSomethingCameOfIt) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  EXPECT_EQ(queue.next(kStart), task("a", 1));
  EXPECT_EQ(queue.next(kStart), task("a", 1));
}

TEST(SubtaskQueue, AnIdIsGivenBackToTheLetterAndIsOneTaskWithAndWithoutWhiteSpace) {
  SubtaskQueue queue;
  queue.ended(task("3d7a\n", 1));
  queue.ended(task("3d7a", 1));
  EXPECT_EQ(queue.waiting(), 1U);
  EXPECT_EQ(queue.next(kStart)->id, "3d7a\n");
}

TEST(SubtaskQueue, ATaskThatEndsAnewIsReadAnew) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  EXPECT_THAT(read_all(queue), ElementsAre("a"));
  queue.ended(task("a", 0));
  EXPECT_THAT(read_all(queue), IsEmpty()) << "an earlier end is over";
  queue.ended(task("a", 2));
  EXPECT_EQ(queue.next(kStart), task("a", 2));
}

TEST(SubtaskQueue, WhatWasReadOfAnEndThatIsOverIsNotTheNewOnes) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  const EndedTask first = *queue.next(kStart);
  queue.ended(task("a", 2));  // while the first end's are read
  queue.read(first);
  EXPECT_EQ(queue.next(kStart), task("a", 2));
}

TEST(SubtaskQueue, WhoIsWithdrawnIsNotReadUnlessItEndsAgain) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  queue.withdraw("a\n");
  queue.withdraw("unknown");
  EXPECT_THAT(read_all(queue), IsEmpty());
  queue.ended(task("a", 1));
  EXPECT_THAT(read_all(queue), ElementsAre("a"));
}

TEST(SubtaskQueue, WhatWasReadBeforeARestartIsNotReadAgain) {
  SubtaskQueue queue;
  queue.read(task("a", 1));
  queue.ended(task("a", 1));
  queue.ended(task("b", 1));
  EXPECT_THAT(read_all(queue), ElementsAre("b"));
}

TEST(SubtaskQueue, AnOutageIsNoTasksFaultAndPausesAllLongerAndLonger) {
  for (const ErrorCause cause :
       {ErrorCause::transport, ErrorCause::timeout, ErrorCause::tls, ErrorCause::server, ErrorCause::not_json,
        ErrorCause::throttled, ErrorCause::key, ErrorCause::token, ErrorCause::signature,
        ErrorCause::clock}) {
    SubtaskQueue queue;
    queue.ended(task("a", 1));
    EXPECT_THAT(pauses(queue, cause, 8), ElementsAre(minutes{1}, minutes{2}, minutes{4}, minutes{8},
                                                     minutes{16}, minutes{30}, minutes{30}, minutes{30}))
        << to_string(cause);
    EXPECT_EQ(queue.waiting(), 1U) << to_string(cause);
  }
}

TEST(SubtaskQueue, AfterFiveFailuresOfItsOwnATaskIsGivenUp) {
  for (const ErrorCause cause : {ErrorCause::parameter, ErrorCause::contract}) {
    SubtaskQueue queue;
    queue.ended(task("a", 1));
    Instant now = kStart;
    std::vector<Setback> setbacks;
    for (; queue.waiting() > 0; now += hours{1})
      setbacks.push_back(queue.failed(*queue.next(now), error_of(cause), now));
    using enum Setback;
    EXPECT_THAT(setbacks, ElementsAre(later, later, later, later, given_up));
    queue.ended(task("a", 1));
    EXPECT_EQ(queue.next(now), std::nullopt) << "given up for this end";
    queue.ended(task("a", 2));
    EXPECT_EQ(queue.next(now), task("a", 2));
  }
}

TEST(SubtaskQueue, OutagesDoNotCountTowardsGivingUp) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  Instant now = kStart;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(queue.failed(task("a", 1), error_of(ErrorCause::contract), now), Setback::later);
    for (int outage = 0; outage < 3; ++outage)
      EXPECT_EQ(queue.failed(task("a", 1), error_of(ErrorCause::server), now), Setback::later);
  }
  EXPECT_EQ(queue.failed(task("a", 1), error_of(ErrorCause::contract), now), Setback::given_up);
}

TEST(SubtaskQueue, WhoFailedWaitsBehindTheOthers) {
  SubtaskQueue queue;
  for (int minute = 1; minute <= 3; ++minute)
    queue.ended(task("t" + std::to_string(minute), minute));
  queue.failed(task("t3", 3), error_of(ErrorCause::contract), kStart);
  EXPECT_EQ(queue.next(kStart), std::nullopt);
  EXPECT_THAT(read_all(queue, kStart + minutes{1}), ElementsAre("t2", "t1", "t3"));
}

TEST(SubtaskQueue, ASuccessEndsThePauseAndForgetsHowManyFailed) {
  SubtaskQueue queue;
  for (int minute = 1; minute <= 3; ++minute)
    queue.ended(task("t" + std::to_string(minute), minute));
  queue.failed(task("t3", 3), error_of(ErrorCause::server), kStart);
  queue.failed(task("t2", 2), error_of(ErrorCause::server), kStart + minutes{1});
  EXPECT_EQ(queue.next(kStart + minutes{2}), std::nullopt);
  queue.read(task("t1", 1));
  EXPECT_NE(queue.next(kStart + minutes{2}), std::nullopt);
  queue.failed(task("t3", 3), error_of(ErrorCause::server), kStart + minutes{2});
  EXPECT_NE(queue.next(kStart + minutes{3}), std::nullopt) << "the first in a row again";
}

TEST(SubtaskQueue, APauseThatTheServiceAskedForIsKept) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  Error error = error_of(ErrorCause::throttled);
  error.retry_after = minutes{7};
  queue.failed(task("a", 1), error, kStart);
  EXPECT_EQ(queue.next(kStart + minutes{7} - seconds{1}), std::nullopt);
  EXPECT_NE(queue.next(kStart + minutes{7}), std::nullopt);
}

TEST(SubtaskQueue, WithoutThePermissionNoneIsAskedForAnHourAndItIsSaidOnce) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  const Error refused = error_of(ErrorCause::permission);
  EXPECT_EQ(queue.failed(task("a", 1), refused, kStart), Setback::forbidden);
  queue.ended(task("b", 2));
  EXPECT_EQ(queue.next(kStart + hours{1} - seconds{1}), std::nullopt);
  EXPECT_EQ(queue.next(kStart + hours{1}), task("b", 2));
  for (int hour = 1; hour < 20; ++hour)
    EXPECT_EQ(queue.failed(task("b", 2), refused, kStart + hours{hour}), Setback::still_forbidden);
  EXPECT_THAT(read_all(queue, kStart + hours{20}), ElementsAre("b", "a"))
      << "granted, and nobody was given up";
  queue.ended(task("c", 3));
  EXPECT_EQ(queue.failed(task("c", 3), refused, kStart + hours{21}), Setback::forbidden)
      << "taken away again";
}

TEST(SubtaskQueue, ACallThatWasNotMadeIsNoFailure) {
  SubtaskQueue queue;
  queue.ended(task("a", 1));
  queue.ended(task("b", 2));
  EXPECT_THAT(pauses(queue, ErrorCause::suspended, 3), ElementsAre(minutes{1}, minutes{1}, minutes{1}));
  EXPECT_EQ(queue.next(kStart + hours{1}), task("b", 2)) << "and nobody falls behind for it";
  EXPECT_EQ(queue.failed(task("b", 2), error_of(ErrorCause::cancelled), kStart + hours{1}), Setback::later);
  EXPECT_EQ(queue.next(kStart + hours{1}), task("b", 2));
}

TEST(SubtaskQueue, AFailureOfAnEndThatIsOverIsNotTheNewOnes) {
  SubtaskQueue queue;
  queue.ended(task("a", 2));
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(queue.failed(task("a", 1), error_of(ErrorCause::contract), kStart), Setback::later);
  EXPECT_EQ(queue.next(kStart + hours{1}), task("a", 2));
  EXPECT_EQ(queue.failed(task("gone", 1), error_of(ErrorCause::contract), kStart), Setback::later);
}

TEST(SubtaskQueue, WhatEndedTooLongAgoIsForgottenReadOrNot) {
  SubtaskQueue queue;
  queue.read(task("read", 1));
  queue.ended(task("waits", 2));
  queue.ended(task("late", 3));
  queue.forget(kNoon + minutes{3});
  EXPECT_EQ(queue.remembered(), 1U);
  EXPECT_THAT(read_all(queue), ElementsAre("late"));
}

TEST(SubtaskQueue, RemembersNoMoreThanItsLimitTheLatestFirst) {
  SubtaskQueue queue({.tasks = 3});
  for (int round = 0; round < 3; ++round) {
    for (int minute = 1; minute <= 10; ++minute)
      queue.ended(task("t" + std::to_string(minute), minute));
    EXPECT_EQ(queue.remembered(), 3U);
    const std::vector<std::string> read = read_all(queue);
    if (round > 0) {
      EXPECT_THAT(read, IsEmpty()) << "who was left out is not read either";
    } else {
      EXPECT_THAT(read, ElementsAre("t10", "t9", "t8"));
    }
  }
}

}  // namespace
}  // namespace sas::policy
