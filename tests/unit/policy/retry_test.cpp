// SPDX-License-Identifier: Apache-2.0
#include "policy/retry.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using enum ErrorCause;

constexpr RetryDecision kGiveUp{};

RetryDecision again(std::int64_t milliseconds) {
  return {.kind = RetryDecision::Kind::again, .wait = Milliseconds{milliseconds}};
}

Error error(ErrorKind kind, ErrorCause cause, std::optional<Milliseconds> retry_after = std::nullopt) {
  return {.kind = kind, .cause = cause, .message = "test", .retry_after = retry_after};
}

const RetryPolicy kPolicy{.max_retries = 3, .longest_wait = Milliseconds{30'000}, .backoff = {}};

TEST(Retry, TransientErrorsAreTriedAgainAfterABackoffThatGrows) {
  for (const ErrorCause cause : {transport, timeout, tls, server}) {
    const Error failed = error(ErrorKind::retry, cause);
    EXPECT_EQ(retry(kPolicy, std::vector<ErrorCause>{}, failed, 0.5), again(500));
    EXPECT_EQ(retry(kPolicy, std::vector{cause}, failed, 0.5), again(1'000));
    EXPECT_EQ(retry(kPolicy, std::vector{cause, cause}, failed, 0.5), again(2'000));
  }
}

TEST(Retry, NoMoreThanTheRetriesAllowed) {
  EXPECT_EQ(retry(kPolicy, std::vector{server, server, server}, error(ErrorKind::retry, server), 0.5),
            kGiveUp);
  const RetryPolicy none{.max_retries = 0, .longest_wait = Milliseconds{30'000}, .backoff = {}};
  EXPECT_EQ(retry(none, std::vector<ErrorCause>{}, error(ErrorKind::retry, server), 0.5), kGiveUp);
}

TEST(Retry, PauseTheServiceAsksForIsKeptToToTheMillisecond) {
  for (const std::int64_t pause : {1, 1'234, 30'000})
    EXPECT_EQ(retry(kPolicy, std::vector<ErrorCause>{},
                    error(ErrorKind::wait, throttled, Milliseconds{pause}), 0.9),
              again(pause));
}

TEST(Retry, PauseLongerThanThePollCanWaitEndsTheCall) {
  EXPECT_EQ(
      retry(kPolicy, std::vector<ErrorCause>{}, error(ErrorKind::wait, throttled, Milliseconds{30'001}), 0.0),
      kGiveUp);
}

TEST(Retry, ThrottlingWithoutAPauseIsABackoff) {
  EXPECT_EQ(retry(kPolicy, std::vector<ErrorCause>{throttled}, error(ErrorKind::wait, throttled), 0.25),
            again(500));
}

TEST(Retry, WhatSigningAnewPutsRightIsTriedAtOnceAndOnce) {
  for (const ErrorCause cause : {clock, token, key, signature}) {
    const Error failed = error(ErrorKind::retry, cause);
    EXPECT_EQ(retry(kPolicy, std::vector<ErrorCause>{}, failed, 0.9), again(0)) << to_string(cause);
    EXPECT_EQ(retry(kPolicy, std::vector{transport}, failed, 0.9), again(0)) << to_string(cause);
    EXPECT_EQ(retry(kPolicy, std::vector{cause}, failed, 0.9), kGiveUp) << to_string(cause);
    EXPECT_EQ(retry(kPolicy, std::vector{cause, transport}, failed, 0.9), kGiveUp) << to_string(cause);
  }
}

TEST(Retry, WhatSomebodyMustChangeIsNotTriedAgain) {
  for (const ErrorKind kind : {ErrorKind::give_up, ErrorKind::bug})
    for (const ErrorCause cause :
         {key, permission, parameter, tls, configuration, contract, signature, clock})
      EXPECT_EQ(retry(kPolicy, std::vector<ErrorCause>{}, error(kind, cause, Milliseconds{1}), 0.5), kGiveUp)
          << to_string(cause);
}

}  // namespace
}  // namespace sas::policy
