// SPDX-License-Identifier: Apache-2.0
#include "web/answer.hpp"

#include <gtest/gtest.h>

namespace sas::web {
namespace {

constexpr Time kNow{std::chrono::milliseconds{1'767'323'045'678}};  // 2026-01-02T03:04:05.678Z

TEST(Answer, HeadOfAPlainAnswerIsCompleteAndEndsInAnEmptyLine) {
  EXPECT_EQ(response_head(plain(404, "no"), Framing::length, KeepAlive::keep, kNow),
            "HTTP/1.1 404 Not Found\r\n"
            "Date: Fri, 02 Jan 2026 03:04:05 GMT\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 3\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "\r\n");
}

TEST(Answer, HeadOfAGzippedScrapeTellsFormatEncodingAndThatBothDependOnTheRequest) {
  Answer answer;
  answer.scrape = ScrapeOrder{exposition::Format::openmetrics, Encoding::gzip};
  const std::string head = response_head(answer, Framing::chunked, KeepAlive::keep, kNow);
  EXPECT_NE(head.find("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"),
            head.npos);
  EXPECT_NE(head.find("Content-Encoding: gzip\r\n"), head.npos);
  EXPECT_NE(head.find("Vary: Accept, Accept-Encoding\r\n"), head.npos);
  EXPECT_NE(head.find("Transfer-Encoding: chunked\r\n"), head.npos);
  EXPECT_EQ(head.find("Content-Length"), head.npos);
}

TEST(Answer, HeadOfABodyThatTheCloseDelimitsNamesNoLength) {
  Answer answer;
  answer.scrape.emplace();
  const std::string head = response_head(answer, Framing::until_close, KeepAlive::close, kNow);
  EXPECT_NE(head.find("Connection: close\r\n"), head.npos);
  EXPECT_EQ(head.find("Transfer-Encoding"), head.npos);
  EXPECT_EQ(head.find("Content-Length"), head.npos);
  EXPECT_EQ(head.find("Content-Encoding"), head.npos);
}

TEST(Answer, OverloadedSaysWhenToComeBack) {
  const Answer answer = overloaded("full");
  EXPECT_EQ(answer.status, 503U);
  const std::string head = response_head(answer, Framing::length, KeepAlive::close, kNow);
  EXPECT_NE(head.find("Retry-After: 5\r\n"), head.npos);
}

TEST(Answer, WhatEveryHeadHasComesBeforeItsEnd) {
  const std::string head =
      response_head(plain(200, "a"), Framing::length, KeepAlive::keep, kNow, "X-Frame-Options: deny\r\n");
  EXPECT_TRUE(head.ends_with("X-Frame-Options: deny\r\n\r\n")) << head;
}

TEST(Answer, SomeStatusesComeWithAFieldOfTheirOwn) {
  Answer answer = plain(302, "there");
  answer.location = "/sas/";
  EXPECT_NE(response_head(answer, Framing::length, KeepAlive::keep, kNow).find("302 Found\r\n"),
            std::string::npos);
  EXPECT_NE(response_head(answer, Framing::length, KeepAlive::keep, kNow).find("Location: /sas/\r\n"),
            std::string::npos);
  answer = plain(401, "who?");
  answer.asks_who = true;
  EXPECT_NE(
      response_head(answer, Framing::length, KeepAlive::keep, kNow).find("WWW-Authenticate: Basic realm=\""),
      std::string::npos);
  EXPECT_EQ(response_head(plain(200, "a"), Framing::length, KeepAlive::keep, kNow).find("WWW-Authenticate"),
            std::string::npos);
}

TEST(Answer, DatesAreThoseOfTheRfc) {
  EXPECT_EQ(http_date(Time{std::chrono::seconds{784'111'777}}), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(Time{std::chrono::seconds{1'709'251'199}}), "Thu, 29 Feb 2024 23:59:59 GMT");
}

}  // namespace
}  // namespace sas::web
