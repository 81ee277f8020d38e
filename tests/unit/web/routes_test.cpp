// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

Site site_at(const std::string& telemetry_path) {
  Site site;
  site.paths.telemetry = telemetry_path;
  site.health = [] { return Health{.alive = true, .ready = true, .reason = {}}; };
  return site;
}

Request request(const std::string& method, const std::string& path) {
  Request request;
  request.method = method;
  request.path = path;
  return request;
}

TEST(Routes, EachPathAnswersGetAndHead) {
  const Site site = site_at("/metrics");
  for (const char* path : {"/", "/metrics", "/-/healthy", "/-/ready"}) {
    EXPECT_EQ(respond(site, request("GET", path)).status, 200U) << path;
    EXPECT_EQ(respond(site, request("HEAD", path)).status, 200U) << path;
  }
}

TEST(Routes, OtherMethodsAreToldWhichOnesThePathHas) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "BREW"}) {
    const Answer answer = respond(site_at("/metrics"), request(method, "/metrics"));
    EXPECT_EQ(answer.status, 405U) << method;
    EXPECT_EQ(answer.allow, "GET, HEAD") << method;
  }
}

TEST(Routes, ReloadIsAskedForByPostOnly) {
  const Answer answer = respond(site_at("/metrics"), request("GET", "/-/reload"));
  EXPECT_EQ(answer.status, 405U);
  EXPECT_EQ(answer.allow, "POST");
  EXPECT_EQ(respond(site_at("/metrics"), request("POST", "/-/reload")).status, 501U) << "there is none";
  Site site = site_at("/metrics");
  site.reload = []() -> asio::awaitable<ReloadResult> { co_return ReloadResult{}; };
  EXPECT_TRUE(respond(site, request("POST", "/-/reload")).reload);
}

TEST(Routes, OtherPathsAreNotFoundWhateverTheMethod) {
  for (const char* path :
       {"/metrics/", "/Metrics", "//metrics", "/-/", "*", "", "/%6Detrics", "/../metrics"}) {
    EXPECT_EQ(respond(site_at("/metrics"), request("GET", path)).status, 404U) << path;
    EXPECT_EQ(respond(site_at("/metrics"), request("POST", path)).status, 404U) << path;
  }
}

TEST(Routes, MetricsAreWhereTheSiteWantsThem) {
  const Site site = site_at("/own");
  EXPECT_TRUE(respond(site, request("GET", "/own")).scrape);
  EXPECT_EQ(respond(site, request("GET", "/metrics")).status, 404U);
}

TEST(Routes, BelowAPrefixIsAllThatThereIs) {
  Site site = site_at("/metrics");
  site.paths.route_prefix = "/sas";
  for (const char* path : {"/sas", "/sas/", "/sas/metrics", "/sas/-/healthy", "/sas/-/ready"})
    EXPECT_EQ(respond(site, request("GET", path)).status, 200U) << path;
  for (const char* path :
       {"/metrics", "/-/healthy", "/sasquatch", "/sas//", "//sas/metrics", "/x/sas/metrics", ""})
    EXPECT_EQ(respond(site, request("GET", path)).status, 404U) << path;
  EXPECT_EQ(respond(site, request("POST", "/sas/metrics")).allow, "GET, HEAD");
}

TEST(Routes, OutsideThePrefixTheRootLeadsToIt) {
  Site site = site_at("/metrics");
  site.paths.route_prefix = "/sas";
  for (const char* method : {"GET", "HEAD"}) {
    EXPECT_EQ(respond(site, request(method, "/")).status, 302U);
    EXPECT_EQ(respond(site, request(method, "/")).location, "/sas/");
  }
  EXPECT_EQ(respond(site, request("POST", "/")).status, 405U);
}

TEST(Routes, OnlyTwoPagesAreAboutHealth) {
  Site site = site_at("/metrics");
  for (const char* prefix : {"", "/sas"}) {
    site.paths.route_prefix = prefix;
    for (const char* path : {"/-/healthy", "/-/ready"})
      EXPECT_TRUE(asks_for_health(site, request("GET", prefix + std::string(path)))) << prefix << path;
    for (const char* path : {"/", "/metrics", "/-/reload", "/-/", "/-/healthy/"})
      EXPECT_FALSE(asks_for_health(site, request("GET", prefix + std::string(path)))) << prefix << path;
  }
  EXPECT_FALSE(asks_for_health(site, request("GET", "/-/healthy"))) << "not below the prefix";
}

TEST(Routes, MetricsMayTakeThePlaceOfTheLandingPage) {
  EXPECT_TRUE(respond(site_at("/"), request("GET", "/")).scrape);
  EXPECT_EQ(respond(site_at("/"), request("POST", "/")).allow, "GET, HEAD");
}

}  // namespace
}  // namespace sas::web
