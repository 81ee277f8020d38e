// SPDX-License-Identifier: Apache-2.0
// That the schema and check-config agree on whole documents is the end-to-end test schema_test's.
#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/duration.hpp"
#include "settings/checks.hpp"
#include "settings/credential_checks.hpp"
#include "settings/patterns.hpp"
#include "settings/reference.hpp"
#include "settings/schema.hpp"
#include "settings/text.hpp"
#include "settings/url_checks.hpp"
#include "settings/web_checks.hpp"
#include "support/folders.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

namespace json = boost::json;

TEST(JsonSchema, TheCommittedFileIsFresh) {
  EXPECT_EQ(read_text(support::data_folder() + "/../../config/sas-operation-exporter.schema.json"),
            json_schema())
      << "write it anew with: sas-operation-exporter --print-config-schema > "
         "config/sas-operation-exporter.schema.json";
}

TEST(JsonSchema, DescribesEachKeyWhereItStands) {
  const json::value schema = json::parse(json_schema());
  for (const Key& key : keys()) {
    const json::value* here = &schema;
    std::string path = fmt::format(".{}", key.path);
    for (const std::regex step(R"(\.(\w+)|\[\])"); !path.empty();) {
      std::smatch match;
      ASSERT_TRUE(std::regex_search(path, match, step));
      const json::object& object = here->as_object();
      here = match[1].matched ? &object.at("properties").at(match[1].str()) : &object.at("items");
      path = match.suffix();
    }
    EXPECT_TRUE(std::string_view{here->at("description").as_string()}.starts_with(key.sentence)) << key.path;
    EXPECT_EQ(here->as_object().contains("default"), !key.default_text.empty()) << key.path;
  }
}

/// What checks have to do with: good and bad of each kind, the same for all.
const std::vector<std::string> kTexts{"a",
                                      "A",
                                      "1",
                                      "42",
                                      "-",
                                      "_",
                                      ".",
                                      "..",
                                      "/",
                                      "/a/b",
                                      "/-/a",
                                      "/api/a",
                                      "/a//b",
                                      "/.a",
                                      "/a%20b",
                                      "/metrics?a",
                                      "https://a/b",
                                      "https://a//b",
                                      "http://a:1/b/",
                                      "a..b",
                                      "a b",
                                      " a",
                                      "a ",
                                      "a\tb",
                                      "a-b",
                                      "-a",
                                      "a-",
                                      "a_b",
                                      "a.b",
                                      "a,b",
                                      "a;b",
                                      "a`b",
                                      "<a>",
                                      "(a)",
                                      "'a'",
                                      "\"a\"",
                                      "a$b",
                                      "CHECK_SCHEDULE",
                                      "check/all",
                                      "prod@eu",
                                      "a+b=c",
                                      "on-call",
                                      "On-Call",
                                      "cn-hangzhou",
                                      "cn-",
                                      "-cn",
                                      "1cn-x",
                                      "cn",
                                      std::string(63, 'a'),
                                      std::string(64, 'a'),
                                      std::string(65, 'a'),
                                      "cn-" + std::string(61, 'a'),
                                      "cn-" + std::string(62, 'a'),
                                      std::string(1224, 'a'),
                                      std::string(1225, 'a'),
                                      "acs:ram::1:role/a",
                                      "acs:ram::1:role/a/b.c-d_e@f",
                                      "acs:ram::1:role/",
                                      "acs:ram::1:role",
                                      "acs:ram::x:role/a",
                                      "acs:ram:::role/a",
                                      "acs:ram::1:user/a",
                                      "acs:ram::1:oidc-provider/a",
                                      "acs:ram::1:oidc-provider/",
                                      "acs:ram::1:role/a b",
                                      "{}",
                                      "{",
                                      "}",
                                      "{\"Version\": \"1\"}",
                                      "{a",
                                      "{" + std::string(2046, 'a') + "}",
                                      "{" + std::string(2047, 'a') + "}",
                                      "https://",
                                      "http://",
                                      "https://a",
                                      "http://a",
                                      "ftp://a",
                                      "a:1",
                                      "https://a:1",
                                      "https://a:65535",
                                      "https://a:65536",
                                      "https://a:0",
                                      "https://a:",
                                      "https://a:x",
                                      "https://a:0080",
                                      "https://a/",
                                      "https://a/b",
                                      "https://a/b/",
                                      "https://a?b=c",
                                      "https://a/?b",
                                      "https://a/b?c=/d/",
                                      "https://a#b",
                                      "https://a/#b",
                                      "https://u@a",
                                      "https://u:p@a/b",
                                      "https://a/b@c",
                                      "https://[::1]",
                                      "https://[::1]:9",
                                      "https://[::1",
                                      "https://[a]",
                                      "https://[1.2.3.4]",
                                      "https://.a",
                                      "https://-a",
                                      "https://a..b",
                                      "https://a/b..c",
                                      "https:///a",
                                      "https://?a",
                                      "https://a b",
                                      "https://a/b c",
                                      "https://a/%41",
                                      "https://a/%4",
                                      "https://a/%zz",
                                      "https://a/b%",
                                      "https://a/\"",
                                      "https://a/{b}",
                                      "https://a/[b]",
                                      "https://a/!$&'()*+,;=:@~",
                                      "https://a/api/v2",
                                      "https://a/api/v2/",
                                      "https://a/api/v2/alerts",
                                      "https://a/api/v2/alerts//",
                                      "https://a/api/v1/alerts",
                                      "https://a/api/v3",
                                      "https://a/api/v2/x",
                                      "https://a//",
                                      "https://\xC3\xA4",
                                      "HTTPS://a",
                                      "https://" + std::string(253, 'a'),
                                      "https://" + std::string(254, 'a'),
                                      ":1",
                                      ":0",
                                      ":00",
                                      ":65535",
                                      ":65536",
                                      ":",
                                      "a:",
                                      "[::1]:1",
                                      "::1:1",
                                      "[::1]",
                                      "1.2.3.4:9",
                                      "a..b:1",
                                      "-a:1",
                                      "localhost:10973",
                                      "http:1",
                                      "a:1:2"};

/// Wide, so that the range of C1 is one.
class Pattern {
 public:
  explicit Pattern(const std::string& text) : regex_(wide(text)) {}

  [[nodiscard]] bool takes(const std::string& text) const { return std::regex_search(wide(text), regex_); }

 private:
  static std::wstring wide(const std::string& text) {
    std::wstring letters;
    for (const unsigned char letter : text)
      letters.push_back(letter);
    return letters;
  }

  std::wregex regex_;
};

void agree(Check check, const std::string& pattern) {
  const Pattern regex(or_variable(pattern));
  int good = 0;
  for (const std::string& text : kTexts) {
    const bool is_good = !check(text) && !has_control_character(text);
    EXPECT_EQ(regex.takes(text), is_good) << text << " against " << pattern;
    good += is_good ? 1 : 0;
  }
  EXPECT_GT(good, 0) << pattern;
}

TEST(Patterns, LetThroughWhatTheChecksLetThrough) {
  for (const Check check : {check_endpoint,
                            check_key,
                            check_listen_address,
                            check_sink_name,
                            check_task_type,
                            check_role_arn,
                            check_oidc_provider_arn,
                            check_session_name,
                            check_external_id,
                            check_policy,
                            check_region,
                            check_role_name,
                            check_uri,
                            check_sink_url,
                            check_alertmanager_url,
                            check_runbook_url,
                            check_name,
                            check_telemetry_path,
                            check_external_url,
                            check_route_prefix})
    agree(check, pattern_of(check));
}

TEST(Patterns, EachCheckOfAKeyHasOne) {
  for (const Key& key : keys()) {
    if (key.shape.check == nullptr || key.path == "targets[].site")
      continue;  // the sites are words to the schema
    EXPECT_NE(pattern_of(key.shape.check), plain_pattern()) << key.path;
  }
}

TEST(Patterns, DurationsAreThoseOfTheParser) {
  const Pattern regex(duration_pattern());
  for (const std::string text :
       {"0",  "0s",  "500ms", "30s", "5m",   "2h",   "7d",   "1w", "1y",    "1h30m",  "1d1ms", "1m1ms", "",
        "30", "1 s", "-1s",   "s",   "1s1s", "1s1m", "1.5h", "1H", "1hour", "1h 30m", "ms",    "1m1h"})
    EXPECT_EQ(regex.takes(text), parse_duration(text).has_value()) << text;
}

TEST(Patterns, PrivateAddressesAreThoseThatAreNotInTheClear) {
  const Pattern regex(private_address_pattern());
  for (const std::string text :
       {"https://a", "http://a", "http://localhost", "http://localhost:9093", "http://localhost/x",
        "http://localhost.a", "http://127.0.0.1:9093/x", "http://127.0.0.1", "http://127.a",
        "http://[::1]:9093", "http://[::2]:9093", "http://127"})
    EXPECT_EQ(regex.takes(text), !is_in_the_clear(text)) << text;
}

TEST(Patterns, VariablesAreThoseThatAreExpanded) {
  const Pattern regex(variable_pattern());
  for (const std::string text : {"${A}", "x${a_1}y", "$A", "${}", "${1}", "${a-b}", "{A}", "$"}) {
    const auto expanded = expand(text, environment({{"A", "b"}, {"a_1", "b"}}));
    const auto* whole = std::get_if<Expanded>(&expanded);
    EXPECT_EQ(regex.takes(text), whole != nullptr && whole->from_environment) << text;
  }
}

}  // namespace
}  // namespace sas::settings
