// SPDX-License-Identifier: Apache-2.0
#include "web/request_parser.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::web {
namespace {

using namespace std::string_literals;

/// The status that the bytes are refused with, 0 for a request, -1 while more is needed, 100 for a wanted
/// continue.
int outcome(const Parsed& parsed) {
  if (const auto* refused = std::get_if<Refused>(&parsed)) return static_cast<int>(refused->answer.status);
  if (std::holds_alternative<ContinueExpected>(parsed)) return 100;
  return std::holds_alternative<Request>(parsed) ? 0 : -1;
}

int outcome_of(const std::string& bytes) {
  RequestParser parser;
  parser.append(bytes);
  return outcome(parser.parse());
}

Request request_of(const std::string& bytes) {
  RequestParser parser;
  parser.append(bytes);
  const Parsed parsed = parser.parse();
  EXPECT_EQ(outcome(parsed), 0) << bytes;
  return std::holds_alternative<Request>(parsed) ? std::get<Request>(parsed) : Request{};
}

std::string get(const std::string& target, const std::string& fields = "Host: a\r\n") {
  return "GET " + target + " HTTP/1.1\r\n" + fields + "\r\n";
}

TEST(RequestParser, TellsWhatTheHandlersNeed) {
  const Request request = request_of(
      "GET /metrics?x=1 HTTP/1.1\r\nHost: a:80\r\nAccept: text/plain\r\naccept: */*;q=0.1\r\n"
      "Accept-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/metrics");
  EXPECT_EQ(request.accept, "text/plain, */*;q=0.1");
  EXPECT_EQ(request.accept_encoding, "gzip");
  EXPECT_TRUE(request.chunks);
  EXPECT_TRUE(request.keep_alive);
}

TEST(RequestParser, OneAuthorizationIsHandedOnAndMoreAreNone) {
  EXPECT_EQ(request_of(get("/", "Host: a\r\nauthorization: Basic YTpi\r\n")).authorization.reveal(),
            "Basic YTpi");
  EXPECT_TRUE(request_of(get("/")).authorization.empty());
  EXPECT_TRUE(
      request_of(get("/", "Host: a\r\nAuthorization: x\r\nAuthorization: x\r\n")).authorization.empty());
}

TEST(RequestParser, ThePathIsFoundInEveryFormOfTarget) {
  for (const auto& [target, path] :
       std::initializer_list<std::pair<const char*, const char*>>{{"/", "/"},
                                                                  {"/a?b?c", "/a"},
                                                                  {"/a#b", "/a"},
                                                                  {"http://host/a/b?c", "/a/b"},
                                                                  {"http://host", "/"},
                                                                  {"http://host?a", "/"},
                                                                  {"HTTPS://[::1]:80/a", "/a"},
                                                                  {"*", "*"},
                                                                  {"/a://b/c", "/a://b/c"},
                                                                  {"host:80", "host:80"}}) {
    EXPECT_EQ(request_of(get(target)).path, path) << target;
  }
}

TEST(RequestParser, TheConnectionStaysOnlyWhereBothSidesKnowHow) {
  EXPECT_FALSE(request_of(get("/", "Host: a\r\nConnection: close\r\n")).keep_alive);
  EXPECT_FALSE(request_of("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_FALSE(request_of("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
  EXPECT_FALSE(request_of("GET / HTTP/1.0\r\n\r\n").chunks);
}

TEST(RequestParser, TheSameComesOfBytesOneByOne) {
  const std::string bytes =
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\nT: u\r\n\r\n";
  RequestParser parser;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    parser.append(bytes.substr(i, 1));
    EXPECT_TRUE(parser.in_request());
    ASSERT_EQ(outcome(parser.parse()), i + 1 < bytes.size() ? -1 : 0) << "after " << bytes.substr(0, i + 1);
  }
  EXPECT_FALSE(parser.in_request());
}

TEST(RequestParser, RequestsInOneBatchComeOutInOrder) {
  RequestParser parser;
  parser.append(get("/1") + "\r\n\r\n" + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" +
                get("/3") + "GE");
  for (const char* path : {"/1", "/2", "/3"}) {
    const Parsed parsed = parser.parse();
    ASSERT_EQ(outcome(parsed), 0);
    EXPECT_EQ(std::get<Request>(parsed).path, path);
  }
  EXPECT_EQ(outcome(parser.parse()), -1);
  EXPECT_TRUE(parser.in_request());
}

TEST(RequestParser, EmptyLinesAreNotTheBeginningOfARequest) {
  RequestParser parser;
  parser.append("\r\n\r\n\r");
  EXPECT_FALSE(parser.in_request());
  parser.append("\n" + get("/"));
  EXPECT_EQ(outcome(parser.parse()), 0);
  EXPECT_FALSE(parser.in_request());
}

TEST(RequestParser, MalformedRequestsAreRefused) {
  for (const std::string& bytes :
       {"\0\1\2\3"s, "\x16\x03\x01\x02\0\x01"s, "GET\r\n\r\n"s, "GET /\r\n\r\n"s, "GET / HTTP/2.0\r\n\r\n"s,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"s, "GET / HTTP/1.2\r\n\r\n"s, "GET  / HTTP/1.1\r\n\r\n"s,
        "GET /\x01 HTTP/1.1\r\n\r\n"s, " GET / HTTP/1.1\r\n\r\n"s, "\n\n\n\n\n\n\n\n"s,
        "G{}T / HTTP/1.1\r\n\r\n"s, get("/", "Host: a\r\nNo colon\r\n"), get("/", "Host: a\r\nSpace : b\r\n"),
        get("/", "Host: a\nX: b\r\n"), get("/", "Host: a\r\nX: b\0c\r\n"s), get("/", ": a\r\nHost: a\r\n"),
        // who is asked must be clear
        get("/", ""), get("/", "Host: a\r\nHost: a\r\n"), get("/", "Host: a b\r\n"),
        get("/", "Host: a/b\r\n"), get("/", "Host: <a>\r\n"), "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"s,
        // where the body ends must be clear
        get("/", "Host: a\r\nContent-Length: x\r\n"), get("/", "Host: a\r\nContent-Length: -1\r\n"),
        get("/", "Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n"),
        get("/", "Host: a\r\nContent-Length: 99999999999999999999999\r\n"),
        get("/", "Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"),
        get("/", "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n"),
        get("/", "Host: a\r\nTransfer-Encoding: gzip\r\n"),
        get("/", "Host: a\r\nTransfer-Encoding: chunked, gzip\r\n"),
        get("/", "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"s,
        get("/", "Host: a\r\nTransfer-Encoding: chunked\r\n") + "zz\r\n",
        get("/", "Host: a\r\nTransfer-Encoding: chunked\r\n") + "1\r\nabc\r\n",
        get("/", "Host: a\r\nTransfer-Encoding: chunked\r\n") + std::string(20'000, '1')}) {
    EXPECT_EQ(outcome_of(bytes), 400) << bytes.substr(0, 100);
  }
}

TEST(RequestParser, TheSameContentLengthTwiceIsOne) {
  EXPECT_EQ(outcome_of(get("/", "Host: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n")), 0);
}

TEST(RequestParser, ATargetIsAsLongAsItsBoundAndNoLonger) {
  EXPECT_EQ(outcome_of(get("/" + std::string(kMaxRequestTarget - 1, 'a'))), 0);
  EXPECT_EQ(outcome_of(get("/" + std::string(kMaxRequestTarget, 'a'))), 414);
  EXPECT_EQ(outcome_of(get("/" + std::string(100'000, 'a'))), 414);
  EXPECT_EQ(outcome_of("GET /" + std::string(kMaxRequestHead, 'a')), 414);
}

TEST(RequestParser, AHeadIsAsLongAsItsBoundAndNoLonger) {
  const std::size_t rest = get("/", "Host: a\r\nX: \r\n").size();
  EXPECT_EQ(outcome_of(get("/", "Host: a\r\nX: " + std::string(kMaxRequestHead - rest, 'x') + "\r\n")), 0);
  EXPECT_EQ(outcome_of(get("/", "Host: a\r\nX: " + std::string(kMaxRequestHead - rest + 1, 'x') + "\r\n")),
            431);
  std::string many = "Host: a\r\n";
  for (int i = 0; i < 10'000; ++i)
    many += "a: b\r\n";
  EXPECT_EQ(outcome_of(get("/", many)), 431);
}

TEST(RequestParser, AnEndlessHeadIsRefusedBeforeItFillsTheMemory) {
  RequestParser parser;
  parser.append("GET / HTTP/1.1\r\n");
  std::size_t sent = 0;
  while (outcome(parser.parse()) == -1 && sent < 1'000'000) {
    parser.append("a: b\r\n");
    sent += 6;
  }
  EXPECT_EQ(outcome(parser.parse()), 431);
  EXPECT_LE(sent, kMaxRequestHead + 6);
}

TEST(RequestParser, ABodyIsAsLongAsItsBoundAndNoLonger) {
  const auto post = [](std::size_t size) {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
  };
  EXPECT_EQ(outcome_of(post(kMaxRequestBody) + std::string(kMaxRequestBody, 'x')), 0);
  EXPECT_EQ(outcome_of(post(kMaxRequestBody + 1)), 413);
  const std::string chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(outcome_of(chunked + "10001\r\n"), 413);
  EXPECT_EQ(outcome_of(chunked + "FFFFFFFFFFFFFFFF\r\n"), 413);
  std::string chunks;
  for (int i = 0; i < 40'000; ++i)
    chunks += "2\r\nxx\r\n";
  EXPECT_EQ(outcome_of(chunked + chunks), 413);
}

TEST(RequestParser, AContinueIsWantedOnceAndThenTheBody) {
  RequestParser parser;
  parser.append("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(outcome(parser.parse()), 100);
  EXPECT_EQ(outcome(parser.parse()), -1);
  parser.append("abc");
  EXPECT_EQ(outcome(parser.parse()), 0);
}

TEST(RequestParser, NoContinueIsOwedWhereTheBodyIsThereOrAbsentOrTooLong) {
  const std::string expect = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n";
  EXPECT_EQ(outcome_of(expect + "Content-Length: 3\r\n\r\nabc"), 0);
  EXPECT_EQ(outcome_of(expect + "\r\n"), 0);
  EXPECT_EQ(outcome_of(expect + "Content-Length: 70000\r\n\r\n"), 413);
  EXPECT_EQ(outcome_of("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"), -1);
}

TEST(RequestParser, OtherExpectationsAreNotMet) {
  EXPECT_EQ(outcome_of(get("/", "Host: a\r\nExpect: 200-ok\r\n")), 417);
}

}  // namespace
}  // namespace sas::web
