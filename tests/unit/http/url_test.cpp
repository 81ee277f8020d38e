// SPDX-License-Identifier: Apache-2.0
#include "http/url.hpp"

#include <gtest/gtest.h>

namespace sas::http {
namespace {

TEST(Url, IsTakenApart) {
  const auto url = parse_url("https://Tds.cn-shanghai.aliyuncs.com:8443/a/b?X=1&Y=%20z");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "tds.cn-shanghai.aliyuncs.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a/b?X=1&Y=%20z");
  EXPECT_EQ(endpoint(*url), "tds.cn-shanghai.aliyuncs.com:8443");
  EXPECT_EQ(host_header(*url), "tds.cn-shanghai.aliyuncs.com:8443");
}

TEST(Url, PortAndPathHaveTheSchemesDefaults) {
  const auto secure = parse_url("https://example.com");
  ASSERT_TRUE(secure);
  EXPECT_EQ(secure->port, 443);
  EXPECT_EQ(secure->target, "/");
  EXPECT_EQ(host_header(*secure), "example.com");
  const auto plain = parse_url("http://example.com?q=1");
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->tls);
  EXPECT_EQ(plain->port, 80);
  EXPECT_EQ(plain->target, "/?q=1");
}

TEST(Url, AnotherPortThanTheSchemesStandsInTheHostHeader) {
  EXPECT_EQ(host_header(*parse_url("http://example.com:443/")), "example.com:443");
  EXPECT_EQ(host_header(*parse_url("https://example.com:443/")), "example.com");
}

TEST(Url, Ipv6AddressHasBracketsOnlyOutside) {
  const auto url = parse_url("http://[::1]:8080/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(endpoint(*url), "[::1]:8080");
  EXPECT_EQ(host_header(*parse_url("http://[::1]/x")), "[::1]");
}

TEST(Url, WhatCannotBeRequestedIsRefusedWithAReason) {
  const struct {
    const char* text;
    const char* reason;
  } cases[] = {
      {"", "not a URL"},
      {"example.com/path", "not a URL"},
      {"https://exa mple.com/", "not a URL"},
      {"https://example.com/a b", "not a URL"},
      {"https://example.com/\r\nX: y", "not a URL"},
      {"https://example.com:99999/", "port"},
      {"https://example.com:0/", "port"},
      {"https://example.com:65536/", "port"},
      {"https://example.com:/", "port"},
      {"ftp://example.com/", "neither http nor https"},
      {"https:///path", "no host"},
      {"https:/path", "no host"},
      {"https://user:pa55@example.com/", "user and password"},
      {"https://example.com/#part", "#fragment"},
      {"https://[v1.x]/", "address"},
  };
  for (const auto& [text, reason] : cases) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().kind, ErrorKind::give_up) << text;
    EXPECT_EQ(url.error().cause, ErrorCause::configuration) << text;
    EXPECT_NE(url.error().message.find(reason), std::string::npos) << text << ": " << url.error().message;
  }
}

TEST(Url, ErrorDoesNotRepeatWhatMayBeSecret) {
  const auto url = parse_url("ftp://user:pa55@example.com/?access_token=t0ken");
  ASSERT_FALSE(url);
  EXPECT_EQ(url.error().message.find("pa55"), std::string::npos);
  EXPECT_EQ(url.error().message.find("t0ken"), std::string::npos);
}

}  // namespace
}  // namespace sas::http
