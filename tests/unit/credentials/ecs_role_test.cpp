// SPDX-License-Identifier: Apache-2.0
#include "credentials/ecs_role.hpp"

#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"
#include "support/http_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kHost = "100.100.100.200";

class EcsRoleTest : public support::CredentialsFixture {
 public:
  Result<AccessKey> key(EcsRoleSettings settings = {}) {
    EcsRole role(std::move(settings), support::variables(set), cloud);
    return get(role);
  }
  std::string error(EcsRoleSettings settings = {}) {
    const Result<AccessKey> outcome = key(std::move(settings));
    return outcome ? "no error" : outcome.error().message;
  }
};

TEST_F(EcsRoleTest, TheInstanceIsAskedForItsRoleAndThenForTheKey) {
  const Result<AccessKey> found = key();
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(found->id, "STS.ecs1");
  EXPECT_EQ(found->secret.reveal(), "ecs-s3cret");
  EXPECT_EQ(found->security_token.reveal(), "ecs-t0ken1");
  EXPECT_NEAR(static_cast<double>((*found->expiration - now()).count()), 3'600'000, 1'000);
  ASSERT_EQ(cloud.requests.size(), 3U);
  for (const http::Request& request : cloud.requests) {
    EXPECT_TRUE(request.url.starts_with("http://100.100.100.200/")) << "not where no proxy comes between";
    EXPECT_EQ(request.timeout, 1s);
  }
}

TEST_F(EcsRoleTest, ARoleThatIsNamedIsNotAskedFor) {
  ASSERT_TRUE(key({.role_name = "node"}));
  EXPECT_EQ(cloud.requests.size(), 2U);
  set["ALIBABA_CLOUD_ECS_METADATA"] = "node";
  cloud.requests.clear();
  ASSERT_TRUE(key());
  EXPECT_EQ(cloud.requests.size(), 2U);
}

TEST_F(EcsRoleTest, WithoutATokenItIsAskedTheOldWay) {
  cloud.has_v2 = false;
  EXPECT_TRUE(key());
}

TEST_F(EcsRoleTest, ATokenThatIsNotTakenLeavesTheOldWay) {
  cloud.takes_tokens = false;
  EXPECT_TRUE(key());
  const Result<AccessKey> strict = key({.allows_v1 = false});
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().http_status, 403U);
}

TEST_F(EcsRoleTest, TheOldWayIsNotTakenWhereItIsSwitchedOff) {
  cloud.has_v2 = false;
  EXPECT_THAT(error({.allows_v1 = false}), HasSubstr("without a token (IMDSv1) it is not asked"));
  set["ALIBABA_CLOUD_IMDSV1_DISABLED"] = "True";
  EXPECT_THAT(error(), HasSubstr("without a token (IMDSv1) it is not asked"));
  EXPECT_EQ(cloud.count("security-credentials"), 0U);
}

TEST_F(EcsRoleTest, NobodyIsAskedWhereMetadataAreSwitchedOff) {
  set["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "True";
  EXPECT_THAT(error({.role_name = "node"}), HasSubstr("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true"));
  EXPECT_TRUE(cloud.requests.empty());
}

TEST_F(EcsRoleTest, AnInstanceWithTheNewWayOnlyIsFine) {
  cloud.has_v1 = false;
  EXPECT_TRUE(key({.allows_v1 = false}));
}

TEST_F(EcsRoleTest, AnInstanceWithoutARoleIsToldWhatToDo) {
  cloud.ecs_role = "";
  EXPECT_THAT(error(), AllOf(HasSubstr("security-credentials/"), HasSubstr("attach a RAM role")));
  cloud.ecs_role = "node";
  EXPECT_THAT(error({.role_name = "other"}), HasSubstr("there is no RAM role (HTTP 404)"));
}

TEST_F(EcsRoleTest, ElsewhereThanOnAnInstanceItIsAPassingError) {
  cloud.down[kHost] = support::unreachable();
  const Result<AccessKey> outcome = key();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::retry);
  EXPECT_EQ(outcome.error().cause, ErrorCause::transport);
}

TEST_F(EcsRoleTest, WhateverElseAnswersThereIsNoKeyAndIsNotRepeated) {
  for (const char* body : {"<html>hunter2</html>", "", "hunter2", "{\"Code\":\"Success\"}", "[]",
                           R"({"Code":"Failed","AccessKeyId":"hunter2"})",
                           R"({"Code":"Success","AccessKeyId":"a","AccessKeySecret":7e400})"}) {
    cloud.broken[kHost] = {.status = 200, .headers = {}, .body = body};
    for (const char* role : {"", "node"}) {
      const std::string message = error({.role_name = role});
      EXPECT_THAT(message, AllOf(HasSubstr(kHost), testing::Not(HasSubstr("hunter2>")))) << body;
    }
  }
  cloud.broken[kHost] = {.status = 500, .headers = {}, .body = {}};
  EXPECT_EQ(key().error().kind, ErrorKind::retry);
  cloud.broken[kHost] = {.status = 403, .headers = {}, .body = {}};
  EXPECT_EQ(key().error().kind, ErrorKind::give_up);
}

// The daemon's own HTTP client and a real server, with a proxy in the settings that nobody listens at.
using EcsRoleOverSockets = support::HttpFixture;

TEST_F(EcsRoleOverSockets, NoProxyComesBetween) {
  use({.https_proxy = "http://127.0.0.1:1"});
  support::HttpServer server(context());
  server.script_connection(
      {support::answer("a-token"), support::answer("node\n"),
       support::answer(R"({"Code":"Success","AccessKeyId":"STS.1","AccessKeySecret":"s"})")});
  EcsRole role({.endpoint = server.url()}, support::variables(), client());
  const Result<AccessKey> key = await(role.get());
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_EQ(key->id, "STS.1");
  ASSERT_EQ(server.requests().size(), 3U);
  EXPECT_TRUE(server.requests()[0].starts_with("PUT /latest/api/token HTTP/1.1\r\n"));
  EXPECT_THAT(server.requests()[2], HasSubstr("X-aliyun-ecs-metadata-token: a-token\r\n"));
}

TEST_F(EcsRoleOverSockets, WhoeverDoesNotAnswerIsGivenUpAfterASecondEach) {
  support::HttpServer server(context());
  for (int i = 0; i < 2; ++i)
    server.script_connection({{.bytes = "", .then = support::Then::hang}});
  EcsRole role({.endpoint = server.url()}, support::variables(), client());
  Running<Result<AccessKey>> running;
  start(role.get(), running);
  for (std::size_t asked = 1; asked <= 2; ++asked) {
    run_until([&] { return server.requests().size() == asked; });
    clock().advance(1s);
  }
  run_until([&] { return running.done(); });
  EXPECT_EQ(running.take().error().cause, ErrorCause::timeout);
}

}  // namespace
}  // namespace sas::credentials
