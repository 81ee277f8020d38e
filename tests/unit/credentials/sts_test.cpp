// SPDX-License-Identifier: Apache-2.0
#include "credentials/sts.hpp"

#include <gmock/gmock.h>

#include "credentials/assumed_role.hpp"
#include "credentials/role_fields.hpp"
#include "credentials/static_key.hpp"
#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kRole = "acs:ram::1:role/reader";

class StsTest : public support::CredentialsFixture {
 public:
  Result<AccessKey> assume(RoleSession session, AccessKey key = {.id = "LTAI1", .secret = Secret("s3cret")}) {
    AssumedRole role(std::make_unique<StaticKey>(std::move(key)), std::move(session), support::variables(set),
                     cloud);
    return get(role);
  }
};

TEST_F(StsTest, EndpointsAreCentralOrOfARegionOrOfItsVpc) {
  EXPECT_EQ(sts_endpoint("", false), "https://sts.aliyuncs.com");
  EXPECT_EQ(sts_endpoint("", true), "https://sts.aliyuncs.com");
  EXPECT_EQ(sts_endpoint("cn-hangzhou", false), "https://sts.cn-hangzhou.aliyuncs.com");
  EXPECT_EQ(sts_endpoint("cn-hangzhou", true), "https://sts-vpc.cn-hangzhou.aliyuncs.com");
}

TEST_F(StsTest, ASignedCallGivesASession) {
  const Result<AccessKey> key = assume({.role_arn = kRole,
                                        .session_name = "us",
                                        .policy = R"({"Version": "1"})",
                                        .external_id = "ext+1",
                                        .duration = 15min});
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "STS.reader1");
  EXPECT_EQ(key->security_token.reveal(), "sts-t0ken1");
  EXPECT_NEAR(static_cast<double>((*key->expiration - now()).count()), 900'000, 1'000);
  const std::string& url = cloud.requests.at(0).url;
  EXPECT_THAT(url,
              AllOf(HasSubstr("https://sts.aliyuncs.com/?"), HasSubstr("DurationSeconds=900"),
                    HasSubstr("ExternalId=ext%2B1"), HasSubstr("Policy=%7B%22Version%22%3A%20%221%22%7D"),
                    HasSubstr("RoleSessionName=us"), HasSubstr("RoleArn=acs%3Aram%3A%3A1%3Arole%2Freader")));
}

TEST_F(StsTest, AWrongSecretIsRefusedAndSaysWhere) {
  const Result<AccessKey> key = assume({.role_arn = kRole}, {.id = "LTAI1", .secret = Secret("hunter2")});
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().cause, ErrorCause::signature);
  EXPECT_THAT(key.error().message,
              AllOf(HasSubstr(kRole), HasSubstr("sts.aliyuncs.com"), testing::Not(HasSubstr("hunter2"))));
  EXPECT_EQ(key.error().request_id, "R-1");
}

TEST_F(StsTest, TheEnvironmentNamesRegionNetworkAndSession) {
  set["ALIBABA_CLOUD_STS_REGION"] = "cn-beijing";
  set["ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"] = "true";
  set["ALIBABA_CLOUD_ROLE_SESSION_NAME"] = "theirs";
  ASSERT_TRUE(assume({.role_arn = kRole}));
  EXPECT_THAT(cloud.requests.at(0).url, AllOf(HasSubstr("https://sts-vpc.cn-beijing.aliyuncs.com/"),
                                              HasSubstr("RoleSessionName=theirs")));
  ASSERT_TRUE(assume({.role_arn = kRole, .session_name = "own", .endpoint = "https://sts.example"}));
  EXPECT_THAT(cloud.requests.at(1).url,
              AllOf(HasSubstr("https://sts.example/"), HasSubstr("RoleSessionName=own")));
}

TEST_F(StsTest, AClockThatIsOffIsPutRightOnce) {
  for (const Milliseconds ahead : {Milliseconds{2h}, Milliseconds{-2h}}) {
    cloud.requests.clear();
    cloud.clock_ahead = ahead;
    EXPECT_TRUE(assume({.role_arn = kRole}));
    EXPECT_EQ(cloud.requests.size(), 2U);
  }
}

TEST_F(StsTest, WhatIsForbiddenOrMissingComesWithItsRemedy) {
  EXPECT_THAT(assume({.role_arn = "acs:ram::1:role/forbidden"}).error().message, HasSubstr("trust policy"));
  EXPECT_THAT(assume({.role_arn = "acs:ram::1:role/nobody"}).error().message,
              HasSubstr("check the account and the name in the role's ARN"));
}

TEST_F(StsTest, AnAnswerThatIsNoSessionIsAnErrorThatDoesNotRepeatIt) {
  for (const char* body :
       {"", "hunter2", "{}", R"({"Credentials":"hunter2"})", R"({"Credentials":{"AccessKeyId":"hunter2"}})",
        R"({"Credentials":{"AccessKeySecret":"hunter2"}})"}) {
    cloud.broken["sts.aliyuncs.com"] = {.status = 200, .headers = {}, .body = body};
    const Result<AccessKey> key = assume({.role_arn = kRole});
    ASSERT_FALSE(key) << body;
    EXPECT_THAT(key.error().message, AllOf(HasSubstr(kRole), testing::Not(HasSubstr("hunter2"))));
  }
  cloud.broken.clear();
  cloud.down["sts.aliyuncs.com"] = support::unreachable();
  EXPECT_THAT(assume({.role_arn = kRole}).error().message,
              HasSubstr("AssumeRole of acs:ram::1:role/reader at"));
}

TEST_F(StsTest, WhatAnAnswerRepeatsOfTheTokenIsNotTold) {
  const AccessKey key{.id = "STS.x", .secret = Secret("s3cret"), .security_token = Secret("t0ken/of-x")};
  for (const char* body : {R"({"Code":"InvalidSecurityToken.Malformed","Message":"t0ken/of-x is none"})",
                           R"(<html>x-acs-something: t0ken%2Fof-x</html>)"}) {
    cloud.broken["sts.aliyuncs.com"] = {.status = 502, .headers = {}, .body = body};
    EXPECT_THAT(assume({.role_arn = kRole}, key).error().message,
                AllOf(HasSubstr("***"), testing::Not(HasSubstr("of-x"))))
        << body;
  }
}

TEST_F(StsTest, APauseThatItAsksForIsPassedOn) {
  cloud.broken["sts.aliyuncs.com"] = {.status = 400,
                                      .headers = {{.name = "x-acs-retry-after", .value = "7000"}},
                                      .body = R"({"Code":"Throttling.User","Message":"slow"})"};
  EXPECT_EQ(assume({.role_arn = kRole}).error().retry_after, Milliseconds{7'000});
}

TEST_F(StsTest, AnAuthorityOfOnesOwnIsTrustedThere) {
  ASSERT_TRUE(assume({.role_arn = kRole, .ca_file = "/ca.pem"}));
  EXPECT_EQ(cloud.requests.at(0).ca_file, "/ca.pem");
}

TEST_F(StsTest, AKeyThatIsKnownNoMoreIsReplacedWhereThereIsAnother) {
  class Replaced final : public Provider {
   public:
    asio::awaitable<Result<AccessKey>> get() override {
      co_return AccessKey{.id = refusals > 0 ? "LTAI1" : "LTAI-gone", .secret = Secret("s3cret")};
    }
    void refused(const AccessKey&) override { ++refusals; }
    [[nodiscard]] std::string_view name() const override { return "replaced"; }
    int refusals = 0;
  };
  AssumedRole role(std::make_unique<Replaced>(), {.role_arn = kRole}, support::variables(), cloud);
  EXPECT_TRUE(get(role));
  EXPECT_EQ(cloud.requests.size(), 2U);
  EXPECT_FALSE(assume({.role_arn = kRole}, {.id = "LTAI-gone", .secret = Secret("s3cret")}));
  EXPECT_EQ(cloud.requests.size(), 3U) << "the same key is not tried again";
}

TEST_F(StsTest, RolesChain) {
  auto first = std::make_unique<AssumedRole>(
      std::make_unique<StaticKey>(AccessKey{.id = "LTAI1", .secret = Secret("s3cret")}),
      RoleSession{.role_arn = "acs:ram::1:role/first"}, support::variables(), cloud);
  AssumedRole second(std::move(first), {.role_arn = "acs:ram::2:role/second"}, support::variables(), cloud);
  EXPECT_EQ(get(second)->id, "STS.second2");
}

TEST_F(StsTest, ASourceWhoseTokenHasExpiredIsAskedForAnotherOnce) {
  class Rotating final : public Provider {
   public:
    asio::awaitable<Result<AccessKey>> get() override {
      co_return AccessKey{.id = "STS.r", .secret = Secret("s"), .security_token = Secret(token)};
    }
    void refused(const AccessKey&) override { token = "new", ++refusals; }
    [[nodiscard]] std::string_view name() const override { return "rotating"; }
    std::string token = "old";
    int refusals = 0;
  };
  cloud.keys = {{.id = "STS.r", .secret = Secret("s"), .security_token = Secret("new")}};
  auto source = std::make_unique<Rotating>();
  Rotating& rotating = *source;
  AssumedRole role(std::move(source), {.role_arn = kRole}, support::variables(), cloud);
  EXPECT_TRUE(get(role));
  EXPECT_EQ(rotating.refusals, 1);
  cloud.keys = {{.id = "STS.r", .secret = Secret("s"), .security_token = Secret("newer")}};
  EXPECT_FALSE(get(role));
  EXPECT_EQ(rotating.refusals, 2);
}

TEST(RoleFields, SecondsAreAWholeNumberWithinWhatStsTakes) {
  EXPECT_EQ(read_session({.role_arn = kRole, .seconds = "900"}, support::variables(), "f")->duration, 15min);
  EXPECT_EQ(read_session({.role_arn = kRole, .seconds = "0"}, support::variables(), "f")->duration, 1h);
  for (const char* seconds : {"899", "43201", "1h", "-900", "99999999999"})
    EXPECT_THAT(
        read_session({.role_arn = kRole, .seconds = seconds}, support::variables(), "f").error().message,
        HasSubstr("f: the session's seconds are no whole number from 900 to 43200"));
}

TEST(RoleFields, ARoleThatIsMissingIsTheEnvironments) {
  EXPECT_THAT(read_session({}, support::variables(), "f").error().message,
              HasSubstr("f: the role's ARN is missing"));
  const Variables variables = support::variables({{"ALIBABA_CLOUD_ROLE_ARN", "acs:ram::2:role/other"}});
  EXPECT_EQ(read_session({}, variables, "f")->role_arn, "acs:ram::2:role/other");
  EXPECT_EQ(read_session({.role_arn = kRole}, variables, "f")->role_arn, kRole);
}

TEST(RoleFields, TheEndpointIsSaidByFieldsAndEnvironmentTogether) {
  const auto endpoint = [](const RoleFields& fields, std::map<std::string, std::string> set) {
    return read_session(fields, support::variables(std::move(set)), "f")->endpoint;
  };
  const std::map<std::string, std::string> vpc{{"ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED", "true"}};
  const std::map<std::string, std::string> region{{"ALIBABA_CLOUD_STS_REGION", "cn-beijing"}};
  EXPECT_EQ(endpoint({.role_arn = kRole}, {}), "https://sts.aliyuncs.com");
  EXPECT_EQ(endpoint({.role_arn = kRole, .region = "cn-hangzhou"}, {}),
            "https://sts.cn-hangzhou.aliyuncs.com");
  EXPECT_EQ(endpoint({.role_arn = kRole, .region = "cn-hangzhou"}, vpc),
            "https://sts-vpc.cn-hangzhou.aliyuncs.com");
  EXPECT_EQ(endpoint({.role_arn = kRole, .vpc = true}, region), "https://sts-vpc.cn-beijing.aliyuncs.com");
  EXPECT_EQ(endpoint({.role_arn = kRole, .region = "cn-hangzhou", .endpoint = "sts.example.com"}, vpc),
            "https://sts.example.com");
}

}  // namespace
}  // namespace sas::credentials
