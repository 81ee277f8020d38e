// SPDX-License-Identifier: Apache-2.0
#include "credentials/oidc_role.hpp"

#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class OidcRoleTest : public support::CredentialsFixture {
 public:
  OidcRoleTest() {
    folder.write("token", "the-token\n");
    set = {{"ALIBABA_CLOUD_ROLE_ARN", "acs:ram::1:role/pod"},
           {"ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "acs:ram::1:oidc-provider/p"},
           {"ALIBABA_CLOUD_OIDC_TOKEN_FILE", folder.path("token")}};
  }
  Result<AccessKey> key(OidcSettings settings = {}) {
    OidcRole role(std::move(settings), support::variables(set), cloud);
    return get(role);
  }
};

TEST_F(OidcRoleTest, TheTokenGivesASessionWithoutAnySignature) {
  const Result<AccessKey> found = key();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->id, "STS.pod1");
  EXPECT_FALSE(found->security_token.empty());
  const http::Request& request = cloud.requests.at(0);
  EXPECT_THAT(request.url, testing::Not(HasSubstr("the-token"))) << "URLs get into logs";
  EXPECT_THAT(request.body,
              AllOf(HasSubstr("OIDCToken=the-token"), HasSubstr("RoleSessionName=sas-operation-exporter")));
}

TEST_F(OidcRoleTest, SettingsGoBeforeTheEnvironment) {
  folder.write("other", "other-token");
  cloud.oidc_tokens = {{"other-token", "acs:ram::2:oidc-provider/q"}};
  const Result<AccessKey> found =
      key({.session = {.role_arn = "acs:ram::2:role/own", .policy = "{}", .endpoint = "https://sts.example"},
           .provider_arn = "acs:ram::2:oidc-provider/q",
           .token_file = folder.path("other")});
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->id, "STS.own1");
  EXPECT_THAT(cloud.requests.at(0).url, HasSubstr("https://sts.example/?"));
}

TEST_F(OidcRoleTest, TheTokenIsReadAfreshEachTime) {
  OidcRole role({}, support::variables(set), cloud);
  ASSERT_TRUE(get(role));
  folder.write("token", "new-token");
  cloud.oidc_tokens = {{"new-token", "acs:ram::1:oidc-provider/p"}};
  EXPECT_TRUE(get(role));
}

TEST_F(OidcRoleTest, WhatIsNotSetIsNamed) {
  for (const char* name :
       {"ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"}) {
    const std::string value = std::exchange(set[name], "");
    const Result<AccessKey> outcome = key();
    ASSERT_FALSE(outcome);
    EXPECT_THAT(outcome.error().message, HasSubstr(name));
    EXPECT_EQ(outcome.error().cause, ErrorCause::configuration);
    set[name] = value;
  }
  EXPECT_TRUE(cloud.requests.empty());
}

TEST_F(OidcRoleTest, ATokenThatIsNotThereOrNotTakenIsToldWithoutIt) {
  folder.write("token", "hunter2");
  const Result<AccessKey> refused = key();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "AuthenticationFail.OIDCToken.Invalid");
  EXPECT_THAT(refused.error().message,
              AllOf(HasSubstr("the token's audience"), testing::Not(HasSubstr("hunter2"))));
  set["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = folder.path("missing");
  EXPECT_THAT(key().error().message, AllOf(HasSubstr(folder.path("missing")), HasSubstr("No such file")));
}

}  // namespace
}  // namespace sas::credentials
