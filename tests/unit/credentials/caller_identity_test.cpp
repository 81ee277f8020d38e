// SPDX-License-Identifier: Apache-2.0
#include "credentials/caller_identity.hpp"

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

class CallerIdentityTest : public support::CredentialsFixture {
 public:
  Result<CallerIdentity> ask(const AccessKey& signer) {
    return await(get_caller_identity(cloud, "https://sts.aliyuncs.com", "", signer));
  }

  AccessKey key{.id = "LTAI1", .secret = Secret("s3cret")};
};

TEST_F(CallerIdentityTest, ASignedCallTellsWhoseTheKeyIs) {
  const Result<CallerIdentity> identity = ask(key);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->account_id, "1");
  EXPECT_EQ(identity->arn, "acs:ram::1:user/reader");
  EXPECT_EQ(identity->type, "RAMUser");
  EXPECT_EQ(cloud.requests.at(0).url, "https://sts.aliyuncs.com/");
}

TEST_F(CallerIdentityTest, AClockThatIsOffIsPutRightOnce) {
  cloud.clock_ahead = std::chrono::hours{2};
  EXPECT_TRUE(ask(key));
  EXPECT_EQ(cloud.requests.size(), 2U);
}

TEST_F(CallerIdentityTest, WhatTheServiceSaysIsWrongIsTold) {
  const Result<CallerIdentity> identity = ask({.id = "LTAI1", .secret = Secret("hunter2")});
  ASSERT_FALSE(identity);
  EXPECT_EQ(identity.error().cause, ErrorCause::signature);
  EXPECT_EQ(ask({.id = "LTAI2", .secret = Secret("s3cret")}).error().cause, ErrorCause::key);
}

TEST_F(CallerIdentityTest, AnAnswerWithoutAnArnIsNoIdentity) {
  for (const char* body : {"{}", "<html>", R"({"Arn":null,"AccountId":"1"})"}) {
    cloud.identity_body = body;
    const Result<CallerIdentity> identity = ask(key);
    ASSERT_FALSE(identity) << body;
    EXPECT_EQ(identity.error().cause, ErrorCause::contract);
  }
}

TEST_F(CallerIdentityTest, AnEndpointThatIsNotReachedIsTheReason) {
  cloud.down["sts.aliyuncs.com"] = support::unreachable();
  EXPECT_EQ(ask(key).error().cause, ErrorCause::transport);
}

}  // namespace
}  // namespace sas::credentials
