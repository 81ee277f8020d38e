// SPDX-License-Identifier: Apache-2.0
#include "policy/circuit.hpp"

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Instant kStart{seconds{1'000}};
constexpr double kMiddle = 0.5;  // three quarters of the pause

Circuit open_circuit() {
  Circuit circuit({.failures = 3, .pause = {.base = seconds{40}, .cap = seconds{100}}});
  circuit.failed(kStart, kMiddle);
  circuit.failed(kStart, kMiddle);
  EXPECT_TRUE(circuit.failed(kStart, kMiddle));
  return circuit;
}

TEST(Circuit, StaysClosedBelowTheLimitOfFailuresInARow) {
  Circuit circuit({.failures = 3, .pause = {}});
  for (int round = 0; round < 4; ++round) {
    EXPECT_FALSE(circuit.failed(kStart, kMiddle));
    EXPECT_FALSE(circuit.failed(kStart, kMiddle));
    EXPECT_TRUE(circuit.admits(kStart));
    EXPECT_FALSE(circuit.succeeded());
  }
}

TEST(Circuit, OpensAfterFailuresInARowAndLetsNothingThroughForThePause) {
  Circuit circuit = open_circuit();
  EXPECT_TRUE(circuit.is_open());
  EXPECT_EQ(circuit.open_until(), kStart + seconds{30});
  EXPECT_FALSE(circuit.admits(kStart));
  EXPECT_FALSE(circuit.admits(kStart + milliseconds{29'999}));
}

TEST(Circuit, AfterThePauseOneCallTriesAndNoOther) {
  Circuit circuit = open_circuit();
  EXPECT_TRUE(circuit.admits(kStart + seconds{30}));
  EXPECT_FALSE(circuit.admits(kStart + seconds{31}));
  EXPECT_TRUE(circuit.succeeded()) << "closed again: worth a line in the log";
  EXPECT_TRUE(circuit.admits(kStart + seconds{31}));
  EXPECT_TRUE(circuit.admits(kStart + seconds{31}));
  EXPECT_FALSE(circuit.succeeded());
}

TEST(Circuit, AFailedTrialOpensItForTwiceAsLongUpToTheCap) {
  Circuit circuit = open_circuit();
  Instant now = circuit.open_until();
  for (const seconds pause : {seconds{60}, seconds{75}, seconds{75}}) {
    ASSERT_TRUE(circuit.admits(now));
    EXPECT_FALSE(circuit.failed(now, kMiddle)) << "it was open already";
    EXPECT_EQ(circuit.open_until(), now + pause);
    now = circuit.open_until();
  }
}

TEST(Circuit, SuccessForgetsHowOftenItWasOpen) {
  Circuit circuit = open_circuit();
  ASSERT_TRUE(circuit.admits(kStart + seconds{30}));
  circuit.failed(kStart + seconds{30}, kMiddle);
  ASSERT_TRUE(circuit.admits(kStart + seconds{90}));
  circuit.succeeded();
  for (int failure = 0; failure < 3; ++failure)
    circuit.failed(kStart + seconds{100}, kMiddle);
  EXPECT_EQ(circuit.open_until(), kStart + seconds{130});
}

TEST(Circuit, AnAbandonedTrialMakesRoomForTheNext) {
  Circuit circuit = open_circuit();
  ASSERT_TRUE(circuit.admits(kStart + seconds{30}));
  circuit.abandoned();
  EXPECT_TRUE(circuit.admits(kStart + seconds{30}));
}

TEST(Circuit, ThePauseIsNeverLessThanHalf) {
  Circuit circuit({.failures = 1, .pause = {.base = seconds{40}, .cap = seconds{100}}});
  circuit.failed(kStart, 0.0);
  EXPECT_EQ(circuit.open_until(), kStart + seconds{20});
}

TEST(Circuit, OnlyAServiceThatDoesNotAnswerIsAnOutage) {
  for (const ErrorCause cause : {ErrorCause::transport, ErrorCause::timeout, ErrorCause::tls,
                                 ErrorCause::server, ErrorCause::not_json}) {
    EXPECT_TRUE(is_outage({.cause = cause, .message = {}})) << to_string(cause);
  }
  for (const ErrorCause cause :
       {ErrorCause::throttled, ErrorCause::clock, ErrorCause::signature, ErrorCause::key, ErrorCause::token,
        ErrorCause::permission, ErrorCause::parameter, ErrorCause::contract}) {
    EXPECT_FALSE(is_outage({.cause = cause, .message = {}})) << to_string(cause);
  }
}

}  // namespace
}  // namespace sas::policy
