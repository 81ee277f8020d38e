// SPDX-License-Identifier: Apache-2.0
#include "settings/web_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::settings {
namespace {

using testing::HasSubstr;

std::string problem(std::optional<Problem> (*check)(std::string_view), std::string_view text) {
  const auto found = check(text);
  return found ? found->text : "fine";
}

TEST(WebChecks, AnExternalUrlIsAnAddressOrAPath) {
  for (const char* url : {"https://a.example", "http://a.example:8080/", "https://a.example/sas/x", "/sas",
                          "/", "https://[::1]:1/a"})
    EXPECT_EQ(problem(check_external_url, url), "fine") << url;
  EXPECT_THAT(problem(check_external_url, ""), HasSubstr("does not begin with"));
  EXPECT_THAT(problem(check_external_url, "a.example/sas"), HasSubstr("does not begin with"));
  EXPECT_THAT(problem(check_external_url, "https://user:hunter2@a.example/"), HasSubstr("user"));
  EXPECT_THAT(problem(check_external_url, "https:///sas"), HasSubstr("names no host"));
  for (const char* url : {"https://a.example/?x=1", "https://a.example/#x", "/a b", "/a%20b", "/<script>",
                          "/a\r\nb", "/\xC3\xA4"})
    EXPECT_NE(problem(check_external_url, url), "fine") << url;
}

TEST(WebChecks, ARoutePrefixIsAPath) {
  for (const char* path : {"/", "/sas", "sas", "/sas/", "/a/b-c_d.e~f"})
    EXPECT_EQ(problem(check_route_prefix, path), "fine") << path;
  for (const char* path : {"//evil.example", "/../x", "/.hidden", "/a?b", "/a#b", "/a:b", "/a\nb", "/\"x"})
    EXPECT_NE(problem(check_route_prefix, path), "fine") << path;
}

}  // namespace
}  // namespace sas::settings
