// SPDX-License-Identifier: Apache-2.0
#include "alerts/answer.hpp"

#include <gtest/gtest.h>

#include "support/sink_fixture.hpp"

namespace sas::alerts {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{Milliseconds{784'111'777'000}};  // Sun, 06 Nov 1994 08:49:37 GMT

Result<void> judge_status(unsigned status, const std::string& retry_after = {}) {
  http::Response response{.status = status, .headers = {}, .body = {}};
  if (!retry_after.empty()) response.headers.push_back({.name = "retry-after", .value = retry_after});
  return judge(response, kNow);
}

TEST(Answer, EachClassOfStatusHasItsConsequence) {
  for (const unsigned status : {200U, 202U, 204U})
    EXPECT_TRUE(judge_status(status)) << status;
  for (const unsigned status : {301U, 400U, 404U, 410U, 413U, 422U})
    EXPECT_EQ(judge_status(status).error().kind, ErrorKind::give_up) << status;
  for (const unsigned status : {401U, 403U, 407U, 408U, 500U, 502U, 503U, 504U})
    EXPECT_EQ(judge_status(status).error().kind, ErrorKind::retry) << status;
  EXPECT_EQ(judge_status(429).error().kind, ErrorKind::wait);
}

TEST(Answer, RetryAfterIsSecondsOrADate) {
  EXPECT_EQ(judge_status(429, "120").error().retry_after, 120s);
  EXPECT_EQ(judge_status(503, "0").error().retry_after, 0s);
  EXPECT_EQ(judge_status(429, "Sun, 06 Nov 1994 08:50:07 GMT").error().retry_after, 30s);
  EXPECT_EQ(judge_status(429, "Sun, 06 Nov 1994 08:00:00 GMT").error().retry_after, 0s);
  EXPECT_EQ(judge_status(429, "soon").error().retry_after, std::nullopt);
  EXPECT_EQ(judge_status(429, "-5").error().retry_after, std::nullopt);
  EXPECT_EQ(judge_status(429).error().retry_after, std::nullopt);
}

TEST(Answer, WhatIsLoggedNamesNoHost) {
  const Error error = no_answer(support::unreachable().error());
  EXPECT_EQ(error.kind, ErrorKind::retry);
  EXPECT_EQ(blame(error), "transport");
}

TEST(Answer, WhatIsLoggedNamesFileStatusAndCode) {
  EXPECT_EQ(blame(judge_status(503).error()), "server, HTTP 503");
  Error error{.kind = ErrorKind::retry, .cause = ErrorCause::configuration, .message = "file /x: empty"};
  EXPECT_EQ(blame(error), "configuration: file /x: empty");
  error = {.kind = ErrorKind::wait, .cause = ErrorCause::throttled, .message = {}, .code = "130101"};
  EXPECT_EQ(blame(error), "throttled, code 130101");
}

}  // namespace
}  // namespace sas::alerts
