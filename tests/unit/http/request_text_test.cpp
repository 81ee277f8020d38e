// SPDX-License-Identifier: Apache-2.0
#include "http/request_text.hpp"

#include <gtest/gtest.h>

namespace sas::http {
namespace {

Url url_of(const char* text) {
  return *parse_url(text);
}

TEST(RequestText, GetHasHostAndUserAgentAndNoLength) {
  const Request request{
      .method = "GET", .url = "http://h:8080/p?q", .headers = {}, .body = {}, .ca_file = {}};
  EXPECT_EQ(*request_text(request, url_of("http://h:8080/p?q"), "sas/1"),
            "GET /p?q HTTP/1.1\r\nHost: h:8080\r\nUser-Agent: sas/1\r\n\r\n");
}

TEST(RequestText, PostWithoutABodySaysSo) {
  const Request request{.method = "POST", .url = {}, .headers = {}, .body = {}, .ca_file = {}};
  EXPECT_EQ(*request_text(request, url_of("https://h/"), ""),
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
}

TEST(RequestText, BodyFollowsItsLength) {
  const Request request{
      .method = "PUT", .url = {}, .headers = {{"Content-Type", "text/plain"}}, .body = "abc", .ca_file = {}};
  EXPECT_EQ(*request_text(request, url_of("https://h/"), ""),
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc");
}

TEST(RequestText, WhatTheCallerGivesIsNotGivenTwice) {
  const Request request{
      .method = "POST",
      .url = {},
      .headers = {{"host", "signed.example.com"}, {"user-agent", "mine"}, {"content-length", "0"}},
      .body = {},
      .ca_file = {}};
  EXPECT_EQ(*request_text(request, url_of("https://h/"), "sas/1"),
            "POST / HTTP/1.1\r\nhost: signed.example.com\r\nuser-agent: mine\r\ncontent-length: 0\r\n\r\n");
}

TEST(RequestText, WhatWouldBreakOutOfItsLineIsABug) {
  const std::vector<Request> broken = {
      {.method = "GET / HTTP/1.1\r\nX:", .url = {}, .headers = {}, .body = {}, .ca_file = {}},
      {.method = "", .url = {}, .headers = {}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"X", "a\r\nY: b"}}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"X", "a\nb"}}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"X", std::string("a\0b", 3)}}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"X Y", "a"}}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"", "a"}}, .body = {}, .ca_file = {}},
      {.method = "GET", .url = {}, .headers = {{"X:", "a"}}, .body = {}, .ca_file = {}},
  };
  for (const Request& request : broken) {
    const auto text = request_text(request, url_of("https://h/"), "");
    ASSERT_FALSE(text) << *text;
    EXPECT_EQ(text.error().kind, ErrorKind::bug);
  }
}

TEST(RequestText, ConnectNamesTheDestinationTwice) {
  EXPECT_EQ(connect_text("h:443", "Basic eA==", "sas/1"),
            "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\nUser-Agent: sas/1\r\nProxy-Authorization: Basic "
            "eA==\r\n\r\n");
  EXPECT_EQ(connect_text("h:443", "", ""), "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n");
}

}  // namespace
}  // namespace sas::http
