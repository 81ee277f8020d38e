// SPDX-License-Identifier: Apache-2.0
#include "doctor/identity_checks.hpp"

#include <gmock/gmock.h>

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using Type = settings::Credentials::Type;

constexpr Time kNow{Milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z
constexpr const char* kSts = "https://sts.example";

Error failure(ErrorCause cause, std::string code = "") {
  return {.kind = ErrorKind::give_up, .cause = cause, .message = "what happened", .code = std::move(code)};
}

AccessKey key() {
  return {.id = "LTAI5tSixteenChar", .secret = Secret("hunter2"), .security_token = Secret("t0ken")};
}

TEST(CredentialsCheck, TellsWhereTheKeyIsFromAndWhenItExpiresButNoSecret) {
  AccessKey temporary = key();
  temporary.expiration = kNow + 1h;
  const Check check = credentials_check(
      {.key = temporary, .provider = "ecs_ram_role", .passed_over = {{"environment", "X is not set"}}},
      Type::chain, kNow);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding,
            "key ***Char from ecs_ram_role, which expires 2026-01-02T04:04:05Z (in 60m); passed over: "
            "environment: X is not set");
  EXPECT_EQ(check.facts.at("access_key_id_suffix"), "Char");
  EXPECT_EQ(check.facts.at("is_temporary"), true);
  EXPECT_EQ(check.facts.at("expires"), "2026-01-02T04:04:05Z");
  EXPECT_EQ(check.facts.at("passed_over").at(0).at("provider"), "environment");
}

TEST(CredentialsCheck, KeyThatHasExpiredIsAWarning) {
  AccessKey old = key();
  old.expiration = kNow;
  const Check check =
      credentials_check({.key = old, .provider = "files", .passed_over = {}}, Type::sts, kNow);
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_THAT(check.remedy, HasSubstr("Renew"));
}

TEST(CredentialsCheck, EachReasonForNoKeyHasItsOwnRemedy) {
  struct Case {
    ErrorCause cause;
    Type type;
    const char* remedy;
  };
  for (const Case& each : {Case{ErrorCause::configuration, Type::chain, "ALIBABA_CLOUD_ACCESS_KEY_ID"},
                           Case{ErrorCause::configuration, Type::profile, "credentials.type"},
                           Case{ErrorCause::permission, Type::ram_role_arn, "trust policy"},
                           Case{ErrorCause::key, Type::ram_role_arn, "exists and is active"},
                           Case{ErrorCause::signature, Type::ram_role_arn, "secret does not belong"},
                           Case{ErrorCause::token, Type::ram_role_arn, "security token"},
                           Case{ErrorCause::clock, Type::ram_role_arn, "clock"},
                           Case{ErrorCause::parameter, Type::oidc_role_arn, "ARN"},
                           Case{ErrorCause::timeout, Type::credentials_uri, "reaches"}}) {
    const Check check =
        credentials_check({.key = failure(each.cause), .provider = "p", .passed_over = {}}, each.type, kNow);
    EXPECT_EQ(check.status, Status::failed);
    EXPECT_EQ(check.finding, "what happened");
    EXPECT_THAT(check.remedy, HasSubstr(each.remedy));
  }
}

TEST(IdentityCheck, TellsWhoItIs) {
  const Check check = identity_check(
      credentials::CallerIdentity{.account_id = "1", .arn = "acs:ram::1:user/u", .type = "RAMUser"}, kSts);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "acs:ram::1:user/u of account 1");
  EXPECT_EQ(check.facts.at("arn"), "acs:ram::1:user/u");
}

TEST(IdentityCheck, KeyOfTheAccountItselfIsAWarning) {
  const Check check = identity_check(
      credentials::CallerIdentity{.account_id = "1", .arn = "acs:ram::1:root", .type = "Account"}, kSts);
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_THAT(check.remedy, HasSubstr("RAM user"));
}

TEST(IdentityCheck, StsThatIsNotReachedIsAWarningAndOneThatRefusesTheKeyAFailure) {
  for (const ErrorCause cause : {ErrorCause::transport, ErrorCause::timeout, ErrorCause::tls,
                                 ErrorCause::throttled, ErrorCause::contract}) {
    const Check check = identity_check(failure(cause), kSts);
    EXPECT_EQ(check.status, Status::warning) << to_string(cause);
    EXPECT_THAT(check.finding, AllOf(HasSubstr(kSts), HasSubstr("what happened")));
    EXPECT_THAT(check.remedy, HasSubstr("ALIBABA_CLOUD_STS_REGION"));
  }
  for (const ErrorCause cause : {ErrorCause::key, ErrorCause::signature, ErrorCause::token}) {
    const Check check = identity_check(failure(cause, "Some.Code"), kSts);
    EXPECT_EQ(check.status, Status::failed) << to_string(cause);
    EXPECT_THAT(check.finding, HasSubstr("Some.Code"));
    EXPECT_THAT(check.remedy, Not(HasSubstr("ALIBABA_CLOUD_STS_REGION")));
  }
}

}  // namespace
}  // namespace sas::doctor
