// SPDX-License-Identifier: Apache-2.0
#include "web/handlers.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

Site site_with(Health health) {
  Site site;
  site.health = [health] { return health; };
  return site;
}

TEST(Handlers, HealthyAndReadyAreOkWhereNothingIsWrong) {
  const Site site = site_with({.alive = true, .ready = true, .reason = {}});
  EXPECT_EQ(answer_healthy(site, {}).status, 200U);
  EXPECT_EQ(answer_healthy(site, {}).body, "healthy\n");
  EXPECT_EQ(answer_ready(site, {}).status, 200U);
  EXPECT_EQ(answer_ready(site, {}).body, "ready\n");
}

TEST(Handlers, NotReadyIsUnavailableWithItsReasonButHealthy) {
  const Site site = site_with({.alive = true, .ready = false, .reason = "target a has not been polled yet"});
  EXPECT_EQ(answer_ready(site, {}).status, 503U);
  EXPECT_EQ(answer_ready(site, {}).body, "not ready: target a has not been polled yet\n");
  EXPECT_EQ(answer_healthy(site, {}).status, 200U);
}

TEST(Handlers, NotAliveIsUnavailableAlsoWithoutAReason) {
  const Site site = site_with({.alive = false, .ready = true, .reason = {}});
  EXPECT_EQ(answer_healthy(site, {}).status, 503U);
  EXPECT_EQ(answer_healthy(site, {}).body, "not healthy\n");
}

TEST(Handlers, MetricsOrderWhatTheClientPrefers) {
  Request request;
  EXPECT_EQ(answer_metrics({}, request).scrape->format, exposition::Format::text);
  EXPECT_EQ(answer_metrics({}, request).scrape->encoding, Encoding::identity);
  request.accept = "application/openmetrics-text;version=1.0.0";
  request.accept_encoding = "gzip";
  EXPECT_EQ(answer_metrics({}, request).scrape->format, exposition::Format::openmetrics);
  EXPECT_EQ(answer_metrics({}, request).scrape->encoding, Encoding::gzip);
}

}  // namespace
}  // namespace sas::web
