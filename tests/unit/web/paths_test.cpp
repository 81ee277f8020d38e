// SPDX-License-Identifier: Apache-2.0
#include "web/paths.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(Paths, PrefixesAreThoseOfPrometheus) {
  struct {
    const char* external_url;
    const char* route_prefix;
    const char* routes;
    const char* links;
  } const kCases[] = {{"", "", "", ""},
                      {"https://a.example", "", "", ""},
                      {"https://a.example/", "", "", ""},
                      {"https://a.example/sas/", "", "/sas", "/sas"},
                      {"https://a.example:1/x/y", "", "/x/y", "/x/y"},
                      {"/sas", "", "/sas", "/sas"},
                      {"https://a.example/sas", "/", "", "/sas"},
                      {"https://a.example/sas", "inner/", "/inner", "/sas"},
                      {"https://a.example", "/sas", "/sas", ""},
                      {"", "sas", "/sas", "/sas"}};
  for (const auto& each : kCases) {
    const Paths paths = make_paths({.external_url = each.external_url, .route_prefix = each.route_prefix});
    EXPECT_EQ(paths.route_prefix, each.routes) << each.external_url << ' ' << each.route_prefix;
    EXPECT_EQ(paths.link_prefix, each.links) << each.external_url << ' ' << each.route_prefix;
    EXPECT_EQ(paths.telemetry, "/metrics");
  }
}

}  // namespace
}  // namespace sas::web
