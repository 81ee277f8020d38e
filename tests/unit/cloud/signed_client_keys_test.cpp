// SPDX-License-Identifier: Apache-2.0
// Which key a call is signed with, and what becomes of one that is not taken.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "credentials/variables.hpp"
#include "support/signed_client_fixture.hpp"

namespace sas::cloud {
namespace {

class SignedClientKeysTest : public SignedClientFixture {};

class Rotating final : public credentials::Provider {
 public:
  explicit Rotating(int keys) : keys_(keys) {}
  asio::awaitable<Result<AccessKey>> get() override {
    if (number_ > keys_) co_return credentials::not_configured("no more keys");
    co_return AccessKey{.id = fmt::format("STS.{}", number_),
                        .secret = Secret("s"),
                        .security_token = Secret("t"),
                        .expiration = Time{std::chrono::milliseconds{1'000 * number_}}};
  }
  void refused(const AccessKey& key) override {
    EXPECT_EQ(key.id, fmt::format("STS.{}", number_));
    ++number_;
  }
  [[nodiscard]] std::string_view name() const override { return "rotating"; }

 private:
  int keys_;
  int number_ = 1;
};

TEST_F(SignedClientKeysTest, NoKeyIsAnErrorAndNothingIsSent) {
  const auto client = make("https://h", std::make_shared<Rotating>(0));
  EXPECT_EQ(call(*client).error().cause, ErrorCause::configuration);
  EXPECT_TRUE(http.requests.empty());
}

TEST_F(SignedClientKeysTest, AnExpiredTokenIsReplacedAndTheCallMadeOnceMoreAtOnce) {
  for (const char* code :
       {"InvalidSecurityToken.Expired", "InvalidSecurityToken.Malformed", "MissingSecurityToken"}) {
    const auto client = make("https://h", std::make_shared<Rotating>(9));
    http.requests.clear();
    http.times.clear();
    http.answers = {refusal(400, code), ok("{}")};
    ASSERT_TRUE(call(*client)) << code;
    ASSERT_EQ(http.requests.size(), 2U);
    EXPECT_EQ(http.header(0, "x-acs-accesskey-id"), "STS.1");
    EXPECT_EQ(http.header(1, "x-acs-accesskey-id"), "STS.2");
    EXPECT_EQ(http.times[1] - http.times[0], std::chrono::milliseconds{1})
        << "the new key has the budget of the old one";
    http.answers = {refusal(400, code), refusal(400, code)};
    EXPECT_EQ(call(*client).error().cause, ErrorCause::token) << "tried a third time";
  }
}

TEST_F(SignedClientKeysTest, AKeyThatIsKnownNoMoreIsReplacedWhereThereIsAnother) {
  for (const char* code :
       {"InvalidAccessKeyId.NotFound", "Forbidden.AccessKeyDisabled", "SignatureDoesNotMatch"}) {
    const auto client = make("https://h", std::make_shared<Rotating>(9));
    http.requests.clear();
    http.answers = {refusal(403, code), ok("{}")};
    EXPECT_TRUE(call(*client)) << code;
    ASSERT_EQ(http.requests.size(), 2U);
    EXPECT_EQ(http.header(0, "x-acs-accesskey-id"), "STS.1");
    EXPECT_EQ(http.header(1, "x-acs-accesskey-id"), "STS.2");
    http.answers = {refusal(403, code), refusal(403, code)};
    EXPECT_FALSE(call(*client)) << "tried a third time";
    const auto fixed = make();
    http.requests.clear();
    http.answers = {refusal(403, code)};
    EXPECT_EQ(call(*fixed).error().kind, ErrorKind::give_up);
    EXPECT_EQ(http.requests.size(), 1U) << "the same key is not tried again";
  }
}

TEST_F(SignedClientKeysTest, WhatAnAnswerRepeatsOfTheTokenIsNotTold) {
  const auto client = make(
      "https://h", AccessKey{.id = "STS.x", .secret = Secret("s"), .security_token = Secret("t0ken/of-x")});
  http.answers = {http::Response{
      .status = 403, .headers = {}, .body = R"({"Code":"NoPermission","Message":"t0ken/of-x may not"})"}};
  EXPECT_EQ(call(*client).error().message, "*** may not");
}

TEST_F(SignedClientKeysTest, WhoseKeySignsIsShownByItsLastCharacters) {
  const auto first = make("https://h", {.id = "LTAI5tAAAA1111", .secret = Secret("s3cret")});
  ASSERT_TRUE(call(*first));
  EXPECT_EQ(metric("target_info", {{"access_key_id_suffix", "1111"}, {"provider", "static"}}), 1);
  const auto second = make("https://h", std::make_shared<Rotating>(1));
  ASSERT_TRUE(call(*second));
  EXPECT_EQ(metric("target_info", {{"access_key_id_suffix", ""}, {"provider", "rotating"}}), 1);
  EXPECT_EQ(metric("target_info", {{"access_key_id_suffix", "1111"}}), -1);
}

TEST_F(SignedClientKeysTest, WhenTheKeyExpiresIsShown) {
  const auto temporary = make("https://h", std::make_shared<Rotating>(9));
  ASSERT_TRUE(call(*temporary));
  EXPECT_EQ(metric("credentials_expiry_timestamp_seconds"), 1);
  const auto lasting = make();
  ASSERT_TRUE(call(*lasting));
  EXPECT_EQ(metric("credentials_expiry_timestamp_seconds"), -1);
}

}  // namespace
}  // namespace sas::cloud
