// SPDX-License-Identifier: Apache-2.0
#include "settings/url_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/value.hpp"

namespace sas::settings {
namespace {

using testing::HasSubstr;

std::string problem(Check check, std::string_view text) {
  const auto found = check(text);
  return found ? found->text : "fine";
}

TEST(CheckSinkUrl, AnAddressOfTheWebIsFine) {
  for (const char* url :
       {"https://h", "http://h", "https://h/", "https://h:8443/a/b?c=d&e=f", "http://127.0.0.1:9093",
        "http://[::1]:1/x", "https://oapi.dingtalk.com/robot/send?access_token=0a1B",
        "https://open.feishu.cn/open-apis/bot/v2/hook/0-1_2", "https://h/~a!$&'()*+,;=:@/?%2F%aA",
        "https://h?x", "https://h/path@with:signs"}) {
    EXPECT_EQ(problem(check_sink_url, url), "fine") << url;
  }
}

TEST(CheckSinkUrl, EverythingElseIsTold) {
  const std::pair<const char*, const char*> cases[] = {
      {"h:9093", "does not begin with https:// or http://"},
      {"HTTPS://h", "does not begin with https:// or http://"},
      {" https://h", "does not begin with https:// or http://"},
      {"https://user@h", "write bearer_token or bearer_token_file"},
      {"https://user:pass@h/x", "holds a user before the host; take it away"},
      {"https://", "names no host"},
      {"https:///x", "names no host"},
      {"https://?x", "names no host"},
      {"https://h h/", "names no host"},
      {"https://h:0/", "has a port that is no number from 1 to 65535"},
      {"https://h:/", "has a port that is no number"},
      {"https://h/x#y", "holds a fragment"},
      {"https://h#y", "holds a fragment"},
      {"https://h/a b", "holds a character that no address has"},
      {"https://h/a\n", "holds a character that no address has"},
      {"https://h/\"", "holds a character that no address has"},
      {"https://h/{x}", "holds a character that no address has"},
      {"https://h/告警", "holds a character that no address has"},
      {"https://h/%", "holds a character that no address has"},
      {"https://h/%4", "holds a character that no address has"},
      {"https://h/%4g", "holds a character that no address has"},
      {"https://h\\@other/", "names no host"},
  };
  for (const auto& [url, expected] : cases) {
    const bool has_user = std::string_view{url} == "https://h\\@other/";
    EXPECT_THAT(problem(check_sink_url, url), HasSubstr(has_user ? "holds a user" : expected)) << url;
  }
}

TEST(CheckAlertmanagerUrl, NamesTheBase) {
  for (const char* url : {"http://h:9093", "https://h/alertmanager/",
                          "https://k/api/v1/namespaces/m/services/a:9093/proxy", "https://h/api/v2x"}) {
    EXPECT_EQ(problem(check_alertmanager_url, url), "fine") << url;
  }
  for (const char* url : {"http://h/api/v2/alerts", "http://h/api/v2/alerts/", "http://h/am/api/v2",
                          "http://h/api/v1/alerts", "http://h/api/v1/"}) {
    EXPECT_THAT(problem(check_alertmanager_url, url),
                HasSubstr("ends with the path of the API, which is added"))
        << url;
  }
  EXPECT_THAT(problem(check_alertmanager_url, "http://h/?a"), HasSubstr("holds a query"));
  EXPECT_THAT(problem(check_alertmanager_url, "h:9093"), HasSubstr("does not begin with"));
}

TEST(OriginOf, IsSchemeHostAndPort) {
  EXPECT_EQ(origin_of("https://h:1/a?b"), "https://h:1");
  EXPECT_EQ(origin_of("https://h?b/c"), "https://h");
  EXPECT_EQ(origin_of("http://[::1]:1"), "http://[::1]:1");
  EXPECT_EQ(origin_of(""), "");
}

TEST(IsInTheClear, OverTheNetworkWithoutTls) {
  for (const char* url : {"http://h", "http://10.0.0.1:80/", "http://127.example.com/",
                          "http://localhost.example.com", "http://[fe80::1]", "http://alertmanager:9093"}) {
    EXPECT_TRUE(is_in_the_clear(url)) << url;
  }
  for (const char* url :
       {"https://h", "http://127.0.0.1", "http://127.1.2.3:9093/x", "http://localhost", "http://localhost:1/",
        "http://localhost?x", "http://[::1]", "http://[::1]:80/x", ""}) {
    EXPECT_FALSE(is_in_the_clear(url)) << url;
  }
}

}  // namespace
}  // namespace sas::settings
