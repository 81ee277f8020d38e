// SPDX-License-Identifier: Apache-2.0
#include "policy/poll_failure.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

std::optional<PollFailure> of(ErrorCause cause) {
  return failure_of(Error{.cause = cause, .message = {}});
}

TEST(PollFailure, SaysWhoseTurnItIs) {
  for (const ErrorCause cause : {ErrorCause::key, ErrorCause::token, ErrorCause::signature, ErrorCause::clock,
                                 ErrorCause::configuration})
    EXPECT_EQ(of(cause), PollFailure::auth) << to_string(cause);
  EXPECT_EQ(of(ErrorCause::permission), PollFailure::permission);
  EXPECT_EQ(of(ErrorCause::throttled), PollFailure::throttled);
  for (const ErrorCause cause : {ErrorCause::transport, ErrorCause::timeout, ErrorCause::tls})
    EXPECT_EQ(of(cause), PollFailure::network) << to_string(cause);
  EXPECT_EQ(of(ErrorCause::server), PollFailure::server);
  for (const ErrorCause cause : {ErrorCause::parameter, ErrorCause::not_json, ErrorCause::contract})
    EXPECT_EQ(of(cause), PollFailure::contract) << to_string(cause);
}

TEST(PollFailure, AListThatMakesNoSenseBreaksTheContract) {
  EXPECT_EQ(failure_of(std::nullopt), PollFailure::contract);
}

TEST(PollFailure, OfAServiceThatIsLeftAloneNothingNewIsKnown) {
  EXPECT_EQ(of(ErrorCause::suspended), std::nullopt);
}

TEST(PollFailure, IsFoundAgainByItsName) {
  for (const PollFailure failure : kPollFailures)
    EXPECT_EQ(poll_failure(to_string(failure)), failure);
}

}  // namespace
}  // namespace sas::policy
