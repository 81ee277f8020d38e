// SPDX-License-Identifier: Apache-2.0
#include "alerts/webhook_sink.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/alert_builder.hpp"
#include "support/sink_fixture.hpp"
#include "support/temporary_folder.hpp"

namespace sas::alerts {
namespace {

using namespace std::chrono_literals;
using support::answered;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;
using testing::SizeIs;

const std::string kUrl = "https://hook.example.com/in?access_token=t0ken-that-nobody-may-see";

class WebhookSinkTest : public support::SinkFixture {
 protected:
  Sink& sink(WebhookSettings settings) {
    settings.name = "hook";
    if (settings.url.empty() && settings.url_file.empty()) settings.url = Secret(kUrl);
    sink_ = make_webhook_sink(settings, surroundings());
    run(*sink_);
    return *sink_;
  }
  Sink& sink() { return sink(WebhookSettings()); }

  void tell(const std::string& id) { sink_->tell("production", support::stalled(id), taken(id)); }

  support::TemporaryFolder folder_;
  std::unique_ptr<Sink> sink_;
};

TEST_F(WebhookSinkTest, AnAlertIsPostedOnceAndTaken) {
  sink();
  tell("a");
  EXPECT_FALSE(sink_->is_idle());
  run_ready();
  ASSERT_THAT(http_.requests, SizeIs(1));
  EXPECT_EQ(http_.requests[0].url, kUrl);
  EXPECT_EQ(http_.requests[0].method, "POST");
  EXPECT_EQ(http_.requests[0].timeout, 10s);
  EXPECT_EQ(http_.header(0, "Authorization"), "");
  EXPECT_TRUE(sink_->is_idle());
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1)));
  run_for(24h);
  EXPECT_THAT(http_.requests, SizeIs(1));
  EXPECT_THAT(log_.lines(), testing::IsEmpty());
}

TEST_F(WebhookSinkTest, TransitionsOnlyWhereTheyAreWanted) {
  const policy::Event step = tasks::Transition();
  EXPECT_FALSE(sink().wants(step));
  EXPECT_TRUE(sink_->wants(support::stalled("a")));
  loops_.request_stop();
  run_ready();
  WebhookSettings settings;
  settings.name = "all";
  settings.transitions = true;
  EXPECT_TRUE(make_webhook_sink(settings, surroundings())->wants(step));
}

TEST_F(WebhookSinkTest, WhatIsSentAgainHasTheSameKeyAndBodyAlsoAfterARestart) {
  http_.answers = {answered(500)};
  sink();
  tell("a");
  run_for(1min);
  loops_.request_stop();
  run_ready();
  runtime::TaskGroup next(executor(),
                          [](const std::string& name, const std::exception_ptr&) { FAIL() << name; });
  WebhookSettings settings;
  settings.name = "hook";
  settings.url = Secret(kUrl);
  const auto again = make_webhook_sink(settings, surroundings());
  next.spawn("hook", again->run());
  again->tell("production", support::stalled("a"), [] {});
  run_ready();
  next.request_stop();
  run_ready();
  ASSERT_THAT(http_.requests, SizeIs(3));
  EXPECT_EQ(http_.header(0, "Idempotency-Key").size(), 64U);
  for (const std::size_t later : {1U, 2U}) {
    EXPECT_EQ(http_.header(later, "Idempotency-Key"), http_.header(0, "Idempotency-Key"));
    EXPECT_EQ(http_.requests[later].body, http_.requests[0].body);
  }
}

TEST_F(WebhookSinkTest, TheTokenAndTheAuthorityGoWithTheRequest) {
  WebhookSettings settings;
  settings.bearer_token = Secret("b3arer");
  settings.ca_file = "/etc/ca.pem";
  sink(std::move(settings));
  tell("a");
  run_ready();
  EXPECT_EQ(http_.header(0, "Authorization"), "Bearer b3arer");
  EXPECT_EQ(http_.requests[0].ca_file, "/etc/ca.pem");
}

TEST_F(WebhookSinkTest, FilesAreReadForEachAttempt) {
  folder_.write("url", "https://one.example.com/\n");
  folder_.write("token", "first\n");
  WebhookSettings settings;
  settings.url_file = folder_.path("url");
  settings.bearer_token_file = folder_.path("token");
  sink(std::move(settings));
  http_.answers = {answered(401)};
  tell("a");
  run_ready();
  folder_.write("url", "https://two.example.com/\n");
  folder_.write("token", "second\n");
  run_for(10s);
  ASSERT_THAT(http_.requests, SizeIs(2));
  EXPECT_EQ(http_.requests[0].url, "https://one.example.com/");
  EXPECT_EQ(http_.header(0, "Authorization"), "Bearer first");
  EXPECT_EQ(http_.requests[1].url, "https://two.example.com/");
  EXPECT_EQ(http_.header(1, "Authorization"), "Bearer second");
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1)));
}

TEST_F(WebhookSinkTest, AFileThatCannotBeReadIsAFailedAttempt) {
  for (const char* missing : {"url", "secret", "token"}) {
    folder_.write("url", kUrl);
    folder_.write("secret", "s3cret");
    folder_.write("token", "t0ken");
    std::filesystem::remove(folder_.path(missing));
    WebhookSettings settings;
    settings.format = WebhookFormat::feishu;
    settings.url_file = folder_.path("url");
    settings.secret_file = folder_.path("secret");
    settings.bearer_token_file = folder_.path("token");
    settings.name = "hook";
    const auto hook = make_webhook_sink(settings, surroundings());
    runtime::TaskGroup loop(executor(),
                            [](const std::string& name, const std::exception_ptr&) { FAIL() << name; });
    loop.spawn("hook", hook->run());
    http_.requests.clear();
    http_.otherwise = answered(200, R"({"code":0})");
    hook->tell("production", support::stalled("a"), taken(missing));
    run_ready();
    EXPECT_THAT(http_.requests, SizeIs(0)) << missing;
    EXPECT_THAT(log_.lines(), Contains(HasSubstr("sink=hook error=\"configuration: credentials file " +
                                                 folder_.path(missing) + ": No such file")));
    folder_.write(missing, missing == std::string("url") ? kUrl : "again");
    run_for(1min);
    EXPECT_THAT(http_.requests, SizeIs(1)) << missing;
    EXPECT_EQ(taken_[missing], 1) << missing;
    loop.request_stop();
    run_ready();
  }
}

TEST_F(WebhookSinkTest, ADialectsRefusalIsNoDelivery) {
  WebhookSettings settings;
  settings.format = WebhookFormat::dingtalk;
  settings.secret = Secret("s3cret");
  sink(std::move(settings));
  http_.answers = {answered(200, R"({"errcode":130101,"errmsg":"send too fast"})")};
  http_.otherwise = answered(200, R"({"errcode":0,"errmsg":"ok"})");
  tell("a");
  run_for(59s);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 0)));
  EXPECT_THAT(log_.lines(), Contains(HasSubstr("error=\"throttled, HTTP 200, code 130101\"")));
  tell("b");
  run_for(1s);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 1)));
  ASSERT_THAT(http_.requests, SizeIs(2));
  EXPECT_NE(http_.requests[0].url, http_.requests[1].url) << "signed anew, at another time";
}

TEST_F(WebhookSinkTest, AFloodOfAlertsIsAFewChatMessages) {
  WebhookSettings settings;
  settings.format = WebhookFormat::dingtalk;
  sink(std::move(settings));
  http_.otherwise = answered(200, R"({"errcode":0})");
  for (int i = 0; i < 50; ++i)
    tell(std::to_string(i));
  run_for(1min);
  EXPECT_THAT(http_.times, ElementsAre(Instant(0s), Instant(3s), Instant(6s)));
  for (const http::Request& request : http_.requests)
    EXPECT_LT(request.body.size(), 20'000U);
  EXPECT_TRUE(sink_->is_idle());
}

TEST_F(WebhookSinkTest, NeitherAddressNorSecretIsInTheLogWhateverFails) {
  const std::vector<Result<http::Response>> failures{
      support::unreachable(),
      answered(400, "what is " + kUrl + " with b3arer?"),
      answered(401),
      answered(503, kUrl),
      answered(200, "<html>" + kUrl + "s3cret</html>"),
      answered(302, kUrl),
      Error{.kind = ErrorKind::bug, .cause = ErrorCause::internal, .message = "request not sent: " + kUrl}};
  for (const WebhookFormat format : {WebhookFormat::json, WebhookFormat::dingtalk, WebhookFormat::feishu}) {
    for (const auto& failure : failures) {
      WebhookSettings settings;
      settings.name = "hook";
      settings.format = format;
      settings.url = Secret(kUrl);
      settings.secret = Secret("s3cret");
      settings.bearer_token = Secret("b3arer");
      const auto hook = make_webhook_sink(settings, surroundings());
      runtime::TaskGroup loop(executor(), [](const std::string&, const std::exception_ptr&) {});
      loop.spawn("hook", hook->run());
      http_.otherwise = failure;
      hook->tell("production", support::stalled("a"), [] {});
      run_for(2h);
      loop.request_stop();
      run_ready();
    }
  }
  EXPECT_THAT(log_.lines(), SizeIs(testing::Ge(19U)));
  for (const char* secret : {"t0ken", "hook.example.com", "s3cret", "b3arer", "access_token"})
    EXPECT_THAT(log_.lines(), testing::Each(Not(HasSubstr(secret))));
  EXPECT_THAT(telemetry::render(registry_, exposition::Format::text), Not(HasSubstr("t0ken")));
}

TEST_F(WebhookSinkTest, AnAddressThatIsNoneIsAFailedAttemptAndIsNotShown) {
  folder_.write("url", "ftp://secret-place/");
  WebhookSettings settings;
  settings.url_file = folder_.path("url");
  sink(std::move(settings));
  tell("a");
  run_ready();
  EXPECT_THAT(http_.requests, SizeIs(0));
  EXPECT_EQ(count("failed"), "1");
  EXPECT_THAT(log_.lines(), testing::Each(Not(HasSubstr("secret-place"))));
}

}  // namespace
}  // namespace sas::alerts
