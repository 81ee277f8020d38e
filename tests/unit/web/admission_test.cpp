// SPDX-License-Identifier: Apache-2.0
#include "web/admission.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/server_fixture.hpp"
#include "unit/web/users.hpp"

namespace sas::web {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kOfAlice = "Authorization: Basic YWxpY2U6aHVudGVyMg==\r\n";  // hunter2
const std::string kWrong = "Authorization: Basic YWxpY2U6c3dvcmRmaXNo\r\n";    // swordfish
const std::string kUnknown = "Authorization: Basic bWFsbG9yeTpodW50ZXIy\r\n";  // mallory: hunter2

class AdmissionTest : public ServerTest {
 protected:
  void protect(std::vector<settings::User> users, std::optional<settings::RateLimit> limit = {}) {
    auto config = std::make_shared<WebConfig>();
    config->users = std::move(users);
    config->rate_limit = limit;
    server_->use(std::move(config));
  }
};

TEST_F(AdmissionTest, WhereThereAreUsersEveryPageAsksWhoItIs) {
  start();
  EXPECT_EQ(get("/metrics").status, 200);
  protect({kAlice});
  for (const char* path : {"/", "/metrics", "/-/healthy", "/-/ready", "/nothing"}) {
    const Response refused = get(path);
    EXPECT_EQ(refused.status, 401) << path;
    EXPECT_THAT(refused.field("WWW-Authenticate"), HasSubstr("Basic realm=")) << path;
  }
  EXPECT_EQ(get("/metrics", kOfAlice).status, 200);
  EXPECT_EQ(get("/nothing", kOfAlice).status, 404);
  EXPECT_EQ(get("/metrics", kWrong).status, 401);
  EXPECT_EQ(get("/metrics", kUnknown).status, 401);
  EXPECT_EQ(get("/metrics", kOfAlice + kOfAlice).status, 401) << "two of them";
  EXPECT_EQ(get("/metrics", "Authorization: Bearer YWxpY2U6aHVudGVyMg==\r\n").status, 401);
}

TEST_F(AdmissionTest, AReloadNeedsAPasswordToo) {
  int reloads = 0;
  site_.reload = [&]() -> asio::awaitable<ReloadResult> {
    ++reloads;
    co_return ReloadResult{.taken = true, .reason = {}};
  };
  start();
  protect({kAlice});
  RawClient client = connect();
  EXPECT_EQ(ask(client, "POST /-/reload HTTP/1.1\r\nHost: a\r\n\r\n").status, 401);
  EXPECT_EQ(reloads, 0);
  EXPECT_EQ(ask(client, "POST /-/reload HTTP/1.1\r\nHost: a\r\n" + kOfAlice + "\r\n").status, 200);
  EXPECT_EQ(reloads, 1);
}

TEST_F(AdmissionTest, HealthIsOpenWhereItIsMeantToBeAndNothingElse) {
  site_.paths = {
      .telemetry = "/metrics", .route_prefix = "/sas", .link_prefix = "/sas", .health_without_auth = true};
  start();
  protect({kAlice});
  EXPECT_EQ(get("/sas/-/healthy").status, 200);
  EXPECT_EQ(get("/sas/-/ready").status, 200);
  for (const char* path : {"/sas/", "/sas/metrics", "/-/healthy", "/sas/-/healthy/", "/", "/sas/-/reload",
                           "/sas/-/ready/../metrics"})
    EXPECT_EQ(get(path).status, 401) << path;
}

TEST_F(AdmissionTest, UsersThatChangeCountForTheConnectionsThatAreThere) {
  start();
  protect({kAlice});
  RawClient client = connect();
  const std::string request = "GET /-/ready HTTP/1.1\r\nHost: a\r\n" + kOfAlice + "\r\n";
  EXPECT_EQ(ask(client, request).status, 200);
  protect({kBob});
  EXPECT_EQ(ask(client, request).status, 401);
  protect({});
  EXPECT_EQ(ask(client, request).status, 200);
}

TEST_F(AdmissionTest, MoreRequestsThanTheLimitAllowsAreToldSo) {
  start();
  const settings::RateLimit limit{.interval = 1s, .burst = 2};
  protect({}, limit);
  EXPECT_EQ(get("/-/ready").status, 200);
  protect({}, limit);  // the same once more is no new burst
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_EQ(get("/-/ready").status, 429);
  EXPECT_EQ(get("/metrics").status, 429);
  advance(1s);
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_EQ(get("/-/ready").status, 429);
  protect({});
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(AdmissionTest, NoPasswordComesIntoTheLog) {
  start();
  protect({kAlice});
  get("/metrics", kOfAlice);
  get("/metrics", kWrong);
  EXPECT_THAT(logged_.str(), HasSubstr("passwords checked with bcrypt"));
  for (const char* secret : {"hunter2", "swordfish", "YWxpY2U6", "$2y$", "Basic"})
    EXPECT_EQ(logged_.str().find(secret), std::string::npos) << secret;
}

}  // namespace
}  // namespace sas::web
