// SPDX-License-Identifier: Apache-2.0
#include "cloud/signed_client.hpp"

#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/signed_client_fixture.hpp"

namespace sas::cloud {
namespace {

using std::chrono::minutes;

class SignedClientTest : public SignedClientFixture {};

TEST_F(SignedClientTest, RequestIsTheOneThatWasSigned) {
  const auto client = make("https://tds.example.com:8443");
  http.answers = {ok("the page")};
  ASSERT_TRUE(call(*client));
  EXPECT_EQ(bodies, std::vector<std::string>{"the page"});

  const http::Request& request = http.requests.at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.url, "https://tds.example.com:8443/?PageSize=100&TaskIds.1=a%20b%0A");
  EXPECT_EQ(request.body, "");
  EXPECT_EQ(request.ca_file, "/ca.pem");
  EXPECT_EQ(request.timeout, milliseconds{1'234});
  EXPECT_EQ(http.header(0, "Accept"), "application/json");
  EXPECT_EQ(http.header(0, "host"), "tds.example.com:8443");
  EXPECT_EQ(http.header(0, "x-acs-action"), kAction);
  EXPECT_EQ(http.header(0, "x-acs-version"), "2018-12-03");
  EXPECT_EQ(http.header(0, "x-acs-date"), "2026-01-02T03:04:05Z");
  const signing::Call same{.method = "POST",
                           .host = "tds.example.com:8443",
                           .path = "/",
                           .action = std::string(kAction),
                           .version = "2018-12-03",
                           .query = {{"PageSize", "100"}, {"TaskIds.1", "a b\n"}},
                           .body = {},
                           .content_type = {},
                           .extra = {}};
  const AccessKey key{.id = "LTAI1", .secret = Secret("s3cret"), .security_token = {}};
  const auto expected = signing::sign(same, key, now(), http.header(0, "x-acs-signature-nonce"));
  EXPECT_EQ(http.header(0, "Authorization"), expected.headers.back().second);
}

TEST_F(SignedClientTest, TokenGoesAlongWhenThereIsOne) {
  const auto client =
      make("https://h", {.id = "STS.1", .secret = Secret("s3cret"), .security_token = Secret("t0ken")});
  ASSERT_TRUE(call(*client));
  EXPECT_EQ(http.header(0, "x-acs-security-token"), "t0ken");
  EXPECT_EQ(http.header(0, "x-acs-accesskey-id"), "STS.1");
}

TEST_F(SignedClientTest, EachAttemptIsSignedAnewAndSaysWhichItIs) {
  const auto client = make();
  http.answers = {no_connection(), refusal(503, "ServiceUnavailable"), ok("{}")};
  ASSERT_TRUE(call(*client));
  ASSERT_EQ(http.requests.size(), 3U);
  std::set<std::string> nonces;
  std::set<std::string> signatures;
  for (std::size_t i = 0; i < 3; ++i) {
    nonces.insert(http.header(i, "x-acs-signature-nonce"));
    signatures.insert(http.header(i, "Authorization"));
  }
  EXPECT_EQ(nonces.size(), 3U);
  EXPECT_EQ(signatures.size(), 3U);
  EXPECT_EQ(http.header(0, "x-acs-retry-attempts"), "");
  EXPECT_EQ(http.header(1, "x-acs-retry-attempts"), "1");
  EXPECT_EQ(http.header(1, "x-acs-retry-delay"), "500");
  EXPECT_EQ(http.header(2, "x-acs-retry-attempts"), "2");
  EXPECT_EQ(http.header(2, "x-acs-retry-delay"), "1000");
  EXPECT_EQ(http.times[1] - http.times[0], milliseconds{500});
  EXPECT_EQ(http.times[2] - http.times[1], milliseconds{1'000});
  EXPECT_NE(http.header(2, "Authorization").find("x-acs-retry-attempts;x-acs-retry-delay"),
            std::string::npos);
}

TEST_F(SignedClientTest, RetriesEndAndTheLastErrorIsToldWithItsRequestId) {
  const auto client = make();
  http.otherwise = refusal(500, "ServerError");
  const auto outcome = call(*client);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().cause, ErrorCause::server);
  EXPECT_EQ(outcome.error().code, "ServerError");
  EXPECT_EQ(outcome.error().request_id, "R-ServerError");
  EXPECT_EQ(outcome.error().http_status, 500U);
  EXPECT_EQ(http.requests.size(), 4U);
}

TEST_F(SignedClientTest, WhatSomebodyMustChangeIsAskedOnce) {
  const auto client = make();
  http.otherwise = refusal(403, "NoPermission");
  EXPECT_EQ(call(*client).error().cause, ErrorCause::permission);
  EXPECT_EQ(http.requests.size(), 1U);
}

TEST_F(SignedClientTest, ThrottlingPausesTheAccountForAsLongAsTheServiceSays) {
  const auto client = make();
  const auto other_target = make("https://tds.other.example.com");
  http.answers = {refusal(429, "Throttling.User", {{"x-acs-retry-after", "7000"}})};
  bool first_done = false;
  asio::co_spawn(
      context(), client->call(kAction, query, read),
      [&](const std::exception_ptr&, const Result<void>& outcome) { first_done = outcome.has_value(); });
  run_ready();
  const Instant throttled = runtime::Clock::now();
  ASSERT_TRUE(call(*other_target));
  ASSERT_TRUE(run_until([&] { return first_done; }));
  ASSERT_EQ(http.times.size(), 3U);
  EXPECT_EQ(http.times[1], throttled + seconds{7});
  EXPECT_GE(http.times[2], throttled + seconds{7});
  EXPECT_EQ(metric("api_throttled_total", {{"action", std::string(kAction)}}), 1);
}

TEST_F(SignedClientTest, PauseTooLongForThisPollEndsItAndStillHoldsTheNext) {
  const auto client = make();
  http.answers = {refusal(429, "Throttling", {{"x-acs-retry-after", "60000"}})};
  const Instant begin = runtime::Clock::now();
  EXPECT_EQ(call(*client).error().cause, ErrorCause::throttled);
  EXPECT_EQ(runtime::Clock::now(), begin);
  EXPECT_EQ(call(*client).error().cause, ErrorCause::throttled);
  EXPECT_EQ(http.requests.size(), 1U) << "called in spite of the pause";
  run_for(seconds{60});
  EXPECT_TRUE(call(*client));
}

TEST_F(SignedClientTest, UnusableRetryAfterIsABackoff) {
  for (const char* value : {"0", "-5", "soon", "", "1e3"}) {
    const auto client = make();
    http.answers = {refusal(429, "Throttling", {{"x-acs-retry-after", value}}), ok("{}")};
    const std::size_t first = http.times.size();
    ASSERT_TRUE(call(*client)) << value;
    EXPECT_EQ(http.times[first + 1] - http.times[first], milliseconds{500}) << value;
  }
}

TEST_F(SignedClientTest, ClockThatIsOffIsPutRightFromTheAnswersDate) {
  const auto client = make();
  http.answers = {refusal(400, "InvalidTimeStamp.Expired", {{"Date", "Fri, 02 Jan 2026 04:04:05 GMT"}}),
                  ok("{}")};
  ASSERT_TRUE(call(*client));
  EXPECT_LE(http.times[1] - http.times[0], milliseconds{1});  // the budget's spacing
  EXPECT_EQ(http.header(0, "x-acs-date"), "2026-01-02T03:04:05Z");
  EXPECT_EQ(http.header(1, "x-acs-date"), "2026-01-02T04:04:05Z");
  EXPECT_EQ(metric("clock_skew_seconds"), 3'600);
  ASSERT_TRUE(call(*client));
  EXPECT_EQ(http.header(2, "x-acs-date"), "2026-01-02T04:04:05Z") << "the skew is forgotten";
}

TEST_F(SignedClientTest, ClockErrorThatStaysIsNotTriedAThirdTime) {
  const auto client = make();
  http.otherwise = refusal(400, "InvalidTimeStamp.Expired");
  EXPECT_EQ(call(*client).error().cause, ErrorCause::clock);
  EXPECT_EQ(http.requests.size(), 2U);
}

TEST_F(SignedClientTest, NonceTheServiceHasSeenIsReplacedAtOnce) {
  const auto client = make();
  http.answers = {refusal(400, "SignatureNonceUsed"), ok("{}")};
  ASSERT_TRUE(call(*client));
  EXPECT_LE(http.times[1] - http.times[0], milliseconds{1});  // the budget's spacing
  EXPECT_NE(http.header(0, "x-acs-signature-nonce"), http.header(1, "x-acs-signature-nonce"));
}

TEST_F(SignedClientTest, AnswerThatCannotBeReadKeepsStatusAndRequestId) {
  const auto client = make();
  read = [](std::string_view) -> Result<void> {
    return Error{.kind = ErrorKind::give_up, .cause = ErrorCause::not_json, .message = "not JSON"};
  };
  http.answers = {ok("<html>", {{"x-acs-request-id", "R-9"}})};
  const auto outcome = call(*client);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().cause, ErrorCause::not_json);
  EXPECT_EQ(outcome.error().http_status, 200U);
  EXPECT_EQ(outcome.error().request_id, "R-9");
  EXPECT_EQ(metric("api_requests_total", {{"code", "not_json"}}), 1);
}

TEST_F(SignedClientTest, BudgetHoldsForAllTargetsOfAnAccountRetriesIncluded) {
  CallBudgets tight(5);
  std::vector<std::unique_ptr<SignedClient>> clients;
  std::size_t done = 0;
  http.otherwise = refusal(500, "ServerError");
  for (int i = 0; i < 4; ++i) {
    CallSettings settings{.target = target("t", "https://h", ""), .request_timeout = seconds{1}};
    clients.push_back(std::make_unique<SignedClient>(
        settings, std::make_shared<credentials::StaticKey>(AccessKey{.id = "LTAI1", .secret = Secret("s")}),
        Surroundings{.http = http,
                     .budgets = tight,
                     .metrics = metrics,
                     .key = key_health,
                     .log = log.log(),
                     .random = [] { return 0.0; }}));
    asio::co_spawn(context(), clients.back()->call(kAction, query, read),
                   [&](const std::exception_ptr&, const Result<void>&) { ++done; });
  }
  ASSERT_TRUE(run_until([&] { return done == 4; }));
  ASSERT_EQ(http.times.size(), 16U);
  for (std::size_t i = 5; i < http.times.size(); ++i)
    EXPECT_GE(http.times[i] - http.times[i - 5], seconds{1}) << i;
}

TEST_F(SignedClientTest, EachAttemptIsCountedByItsCode) {
  const auto client = make();
  http.answers = {no_connection(), refusal(500, "ServerError"), ok("{}")};
  ASSERT_TRUE(call(*client));
  const std::string action{kAction};
  EXPECT_EQ(metric("api_requests_total", {{"action", action}, {"code", "transport"}}), 1);
  EXPECT_EQ(metric("api_requests_total", {{"action", action}, {"code", "ServerError"}}), 1);
  EXPECT_EQ(metric("api_requests_total", {{"action", action}, {"code", "OK"}}), 1);
}

TEST_F(SignedClientTest, DebugLinesTellEachAttemptAndNoSecret) {
  const auto client =
      make("https://h", {.id = "STS.1", .secret = Secret("s3cret"), .security_token = Secret("t0ken")});
  http.answers = {{refusal(503, "ServiceUnavailable")}, ok("{}")};
  ASSERT_TRUE(call(*client));
  const auto lines = log.lines();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].find("target=production"), std::string::npos) << lines[0];
  EXPECT_NE(lines[0].find("attempt=1"), std::string::npos) << lines[0];
  EXPECT_NE(lines[0].find("R-ServiceUnavailable"), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("attempt=2 code=OK"), std::string::npos) << lines[1];
  for (const std::string& line : lines)
    for (const char* secret : {"s3cret", "t0ken", "Signature="})
      EXPECT_EQ(line.find(secret), std::string::npos) << line;
}

TEST_F(SignedClientTest, EndpointThatIsNoOriginIsABug) {
  EXPECT_THROW(make("tds.example.com"), std::invalid_argument);
  EXPECT_THROW(make("https://tds.example.com/path"), std::invalid_argument);
}

TEST_F(SignedClientTest, AServiceThatKeepsFailingIsLeftAloneAndThenTriedWithOneCall) {
  const auto client = make();
  http.answers.assign(6, Result<http::Response>(no_connection()));
  EXPECT_EQ(call(*client).error().cause, ErrorCause::transport);  // four attempts
  EXPECT_EQ(call(*client).error().cause, ErrorCause::transport);  // the fifth is one too many
  EXPECT_EQ(http.requests.size(), 5U);
  EXPECT_THAT(log.lines(), testing::Contains(testing::HasSubstr("calls suspended")));

  const auto left_alone = call(*client);
  EXPECT_EQ(left_alone.error().cause, ErrorCause::suspended);
  EXPECT_THAT(left_alone.error().message, testing::HasSubstr("refused"));
  EXPECT_EQ(http.requests.size(), 5U) << "nothing was asked";

  run_for(*left_alone.error().retry_after);
  EXPECT_EQ(call(*client).error().cause, ErrorCause::transport);
  EXPECT_EQ(http.requests.size(), 6U) << "one trial, no retry";

  run_for(*call(*client).error().retry_after);
  http.answers = {ok("the page")};
  EXPECT_TRUE(call(*client));
  EXPECT_THAT(log.lines(), testing::Contains(testing::HasSubstr("calls resumed")));
}

TEST_F(SignedClientTest, AnAnswerThatRefusesIsNoOutage) {
  const auto client = make();
  for (int i = 0; i < 8; ++i) {
    http.answers = {refusal(403, "Forbidden.RAM")};
    EXPECT_EQ(call(*client).error().cause, ErrorCause::permission);
  }
  EXPECT_EQ(http.requests.size(), 8U);
}

}  // namespace
}  // namespace sas::cloud
