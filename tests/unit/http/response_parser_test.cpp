// SPDX-License-Identifier: Apache-2.0
#include "http/response_parser.hpp"

#include <gtest/gtest.h>

namespace sas::http {
namespace {

using Body = ResponseParser::Body;

// Feeds `text` in pieces of `step` bytes, as a connection does: what is left over comes again.
Result<Response> parse(std::string_view text, std::size_t step, Body body = Body::expected,
                       std::uint64_t max_body = 1000) {
  ResponseParser parser(body, max_body);
  std::string buffer;
  for (std::size_t at = 0; at < text.size() && !parser.done(); at += step) {
    buffer += text.substr(at, step);
    const auto used = parser.feed(buffer);
    if (!used) return used.error();
    buffer.erase(0, *used);
  }
  if (!parser.done())
    if (const auto ended = parser.end_of_stream(); !ended) return ended.error();
  return parser.take();
}

Error refusal(std::string_view text, std::uint64_t max_body = 1000) {
  const auto response = parse(text, text.size(), Body::expected, max_body);
  return response ? Error{.message = "accepted"} : response.error();
}

TEST(ResponseParser, ReadsEachFramingHoweverItIsCut) {
  const struct {
    const char* text;
    const char* body;
  } cases[] = {
      {"HTTP/1.1 200 OK\r\nX-Id: 7\r\nContent-Length: 5\r\n\r\nhello", "hello"},
      {"HTTP/1.1 200 OK\r\nX-Id: 7\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: "
       "t\r\n\r\n",
       "hello"},
      {"HTTP/1.1 200 OK\r\nX-Id: 7\r\n\r\nhello", "hello"},
      {"HTTP/1.0 200 OK\r\nX-Id: 7\r\n\r\nhello", "hello"},
      {"HTTP/1.1 200 \r\nX-Id: 7\r\nContent-Length: 0\r\n\r\n", ""},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nX-Id: "
       "7\r\nContent-Length: 2\r\n\r\nok",
       "ok"},
  };
  for (const auto& [text, body] : cases)
    for (std::size_t step = 1; step <= std::string_view(text).size(); ++step) {
      const auto response = parse(text, step);
      ASSERT_TRUE(response) << text << " in pieces of " << step << ": " << response.error().message;
      EXPECT_EQ(response->status, 200U);
      EXPECT_EQ(response->body, body) << text << " in pieces of " << step;
      EXPECT_EQ(response->header("x-id"), "7");
    }
}

TEST(ResponseParser, StatusWithoutABodyEndsWithItsHeader) {
  EXPECT_EQ(parse("HTTP/1.1 204 No Content\r\n\r\n", 7)->status, 204U);
  EXPECT_EQ(parse("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 7)->status, 304U);
}

TEST(ResponseParser, AnswerToHeadEndsWithItsHeaderWhateverItSays) {
  const auto response = parse("HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n", 9, Body::none, 0);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "");
}

TEST(ResponseParser, WhatFollowsTheAnswerIsNotUsed) {
  ResponseParser parser(Body::expected, 1000);
  const std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  const auto used = parser.feed(std::string(answer) + "HTTP/1.1 408 Request Timeout\r\n\r\n");
  ASSERT_TRUE(used);
  EXPECT_EQ(*used, answer.size());
  EXPECT_TRUE(parser.done());
}

TEST(ResponseParser, SaysWhetherTheConnectionGoesOn) {
  const struct {
    const char* text;
    bool keep_alive;
  } cases[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true},
      {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false},
      {"HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", true},
  };
  for (const auto& [text, keep_alive] : cases) {
    ResponseParser parser(Body::expected, 1000);
    ASSERT_TRUE(parser.feed(text));
    EXPECT_EQ(parser.keep_alive(), keep_alive) << text;
  }
}

TEST(ResponseParser, EndInTheMiddleIsAnErrorThatMayPass) {
  for (const char* text :
       {"HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "HTTP/1.1 100 Continue\r\n\r\n"}) {
    const Error error = refusal(text);
    EXPECT_EQ(error.cause, ErrorCause::transport) << text;
    EXPECT_EQ(error.kind, ErrorKind::retry) << text;
    EXPECT_NE(error.message.find("before the end of the answer"), std::string::npos) << error.message;
  }
}

TEST(ResponseParser, BodyOverTheLimitIsRefusedInEachFraming) {
  for (const char* text :
       {"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n3\r\nlo!\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\n\r\nhello!"})
    EXPECT_EQ(refusal(text, 5).cause, ErrorCause::transport) << text;
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n", 5).message,
            "the answer's body is larger than 5 bytes");
  EXPECT_EQ(refusal("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n", 5).kind, ErrorKind::give_up);
}

TEST(ResponseParser, HeaderOverTheLimitIsRefused) {
  const Error error = refusal("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x'));
  EXPECT_EQ(error.kind, ErrorKind::give_up);
  EXPECT_NE(error.message.find("header is larger"), std::string::npos) << error.message;
}

TEST(ResponseParser, WhatIsNotHttpIsRefused) {
  for (const char* text : {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                           "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}) {
    const Error error = refusal(text);
    EXPECT_NE(error.message.find("not HTTP/1.1"), std::string::npos) << text << ": " << error.message;
  }
}

TEST(ResponseParser, SwitchingProtocolsIsRefused) {
  EXPECT_NE(refusal("HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n").message.find("another protocol"),
            std::string::npos);
}

}  // namespace
}  // namespace sas::http
