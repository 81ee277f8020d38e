// SPDX-License-Identifier: Apache-2.0
#include "settings/checks.hpp"

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

TEST(CheckName, WhatALabelCanBearIsFine) {
  for (const char* name : {"a", "production", "eu (new) \"x\"", "生产", "-"}) {
    EXPECT_EQ(problem(check_name, name), "fine");
  }
}

TEST(CheckName, SixtyFourCharactersAreTheMost) {
  std::string longest;
  for (int i = 0; i < 64; ++i)
    longest += "é";
  EXPECT_EQ(problem(check_name, longest), "fine");
  EXPECT_EQ(problem(check_name, longest + "x"), "has 65 characters; a name has at most 64");
}

TEST(CheckName, ControlCharactersAndOuterBlanksAreNot) {
  EXPECT_THAT(problem(check_name, "a\nb"), HasSubstr("control character"));
  EXPECT_THAT(problem(check_name, "a\xC2\x85"), HasSubstr("control character"));
  EXPECT_THAT(problem(check_name, " a"), HasSubstr("blank"));
  EXPECT_THAT(problem(check_name, "a "), HasSubstr("blank"));
}

TEST(CheckEndpoint, SchemeHostAndPortAreFine) {
  for (const char* endpoint :
       {"https://tds.cn-shanghai.aliyuncs.com", "https://host:8443", "http://127.0.0.1:80", "https://[::1]",
        "https://[fe80::1]:443", "https://h:1", "https://h:65535"}) {
    EXPECT_EQ(problem(check_endpoint, endpoint), "fine") << endpoint;
  }
}

TEST(CheckEndpoint, EverythingElseIsTold) {
  const std::pair<const char*, const char*> cases[] = {
      {"tds.aliyuncs.com", "does not begin with https://"},
      {"HTTPS://host", "does not begin with https://"},
      {"ftp://host", "does not begin with https://"},
      {"https://user:pass@host", "a user before the host"},
      {"https://host/", "more than host and port"},
      {"https://host/path", "more than host and port"},
      {"https://host?x=1", "more than host and port"},
      {"https://host#x", "more than host and port"},
      {"https://", "names no host"},
      {"https://:443", "names no host"},
      {"https://a b", "names no host"},
      {"https://a..b", "names no host"},
      {"https://-a", "names no host"},
      {"https://::1", "names no host"},
      {"https://[]:443", "names no host"},
      {"https://[host]", "names no host"},
      {"https://host:", "no number from 1 to 65535"},
      {"https://host:0", "no number from 1 to 65535"},
      {"https://host:65536", "no number from 1 to 65535"},
      {"https://host:https", "no number from 1 to 65535"},
      {"https://host:+1", "no number from 1 to 65535"},
  };
  for (const auto& [endpoint, expected] : cases) {
    EXPECT_THAT(problem(check_endpoint, endpoint), HasSubstr(expected)) << endpoint;
  }
}

TEST(CheckKey, KeysAndTokensAreFine) {
  for (const char* key : {"LTAI5tExample", "STS.NUexample", "CAISxx+/yy==", "a-b_c.d~e"}) {
    EXPECT_EQ(problem(check_key, key), "fine");
  }
}

TEST(CheckKey, WhatComesAlongWhenCopyingIsTold) {
  for (const char* key : {" LTAI", "LTAI ", "LT AI", "LTAI\n", "LTAI\t"}) {
    EXPECT_THAT(problem(check_key, key), HasSubstr("blank"));
  }
  for (const char* key : {"<LTAI>", "[LTAI]", "(LTAI)", "{LTAI}", "\"LTAI\"", "'LTAI'", "LTAI,", "LTAI;"}) {
    EXPECT_THAT(problem(check_key, key), HasSubstr("bracket"));
  }
  EXPECT_THAT(problem(check_key, "LTAI\xE2\x80\x8B"), HasSubstr("not ASCII"));  // a zero-width blank
}

TEST(CheckListenAddress, HostsAndPortsAreFine) {
  for (const char* address :
       {"127.0.0.1:10973", ":10973", "localhost:0", "[::1]:10973", "[::]:1", "0.0.0.0:65535"}) {
    EXPECT_EQ(problem(check_listen_address, address), "fine") << address;
  }
}

TEST(CheckListenAddress, EverythingElseIsTold) {
  const std::pair<const char*, const char*> cases[] = {
      {"localhost", "has no port"},       {"10973", "has no port"},
      {"[::1]", "has no port"},           {"localhost:", "no number from 0 to 65535"},
      {"localhost:65536", "no number"},   {"localhost:http", "no number"},
      {"localhost:-1", "no number"},      {"::1:10973", "IPv6 address stands in brackets"},
      {"http://localhost:1", "brackets"}, {"a b:1", "names no host"},
      {"[]:1", "names no host"},          {"a/b:1", "names no host"},
  };
  for (const auto& [address, expected] : cases) {
    EXPECT_THAT(problem(check_listen_address, address), HasSubstr(expected)) << address;
  }
}

TEST(CheckTelemetryPath, APathOfOnesOwnIsFine) {
  for (const char* path : {"/metrics", "/a/b", "/sas-metrics", "/-x"}) {
    EXPECT_EQ(problem(check_telemetry_path, path), "fine") << path;
  }
}

TEST(CheckTelemetryPath, OtherPathsAreTold) {
  EXPECT_THAT(problem(check_telemetry_path, ""), HasSubstr("slash"));
  EXPECT_THAT(problem(check_telemetry_path, "metrics"), HasSubstr("slash"));
  for (const char* path : {"/a b", "/a?b", "/a#b", "/a%20b", "/é", "/a\n"}) {
    EXPECT_THAT(problem(check_telemetry_path, path), HasSubstr("blank")) << path;
  }
  for (const char* path : {"/", "/-/healthy", "/api/v1/tasks"}) {
    EXPECT_THAT(problem(check_telemetry_path, path), HasSubstr("own paths")) << path;
  }
}

}  // namespace
}  // namespace sas::settings
