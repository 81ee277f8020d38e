// SPDX-License-Identifier: Apache-2.0
// The client over plain sockets: framing, limits, keep-alive, deadlines, cancellation.
#include "http/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "support/gzip.hpp"
#include "support/http_fixture.hpp"

namespace sas::http {
namespace {

using std::chrono::seconds;
using support::answer;
using support::HttpServer;
using support::Then;

class ClientTest : public support::HttpFixture {
 public:
  HttpServer server{context()};

  // Runs one exchange that the server never finishes until `stage` holds, then lets time pass.
  Result<Response> time_out(const Request& request, const std::function<bool()>& stage, Milliseconds after) {
    Running<Result<Response>> running;
    start(client().exchange(request), running);
    run_until(stage);
    clock().advance(after - Milliseconds{1});
    context().poll();
    EXPECT_FALSE(running.done()) << "before its time";
    clock().advance(Milliseconds{1});
    run_until([&] { return running.done(); });
    return running.take();
  }
};

TEST_F(ClientTest, AnswerOfAnyStatusIsAResponse) {
  server.script_connection(
      {{.bytes = "HTTP/1.1 404 Not Found\r\nX-Acs-Request-Id: R1\r\nContent-Length: 4\r\n\r\ngone"}});
  const auto response = fetch(server.url() + "/?Action=X");
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 404U);
  EXPECT_EQ(response->body, "gone");
  EXPECT_EQ(response->header("x-acs-request-id"), "R1");
  EXPECT_EQ(response->header("absent"), "");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].substr(0, 26), "GET /?Action=X HTTP/1.1\r\nH");
}

TEST_F(ClientTest, BodyIsSent) {
  Request request = get(server.url());
  request.method = "POST";
  request.body = std::string(300'000, 'b');
  ASSERT_TRUE(exchange(request));
  EXPECT_TRUE(server.requests().at(0).ends_with("\r\n\r\n" + request.body));
}

TEST_F(ClientTest, AnswersComeThroughInWhateverPieces) {
  const std::string big(3'000'000, 'x');
  server.script_connection(
      {{.bytes = answer("slow").bytes, .byte_by_byte = true},
       answer(big),
       {.bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n0\r\n\r\n"},
       {.bytes = "HTTP/1.1 200 OK\r\n\r\nuntil the end", .then = Then::close}});
  EXPECT_EQ(fetch(server.url())->body, "slow");
  EXPECT_EQ(fetch(server.url())->body, big);
  EXPECT_EQ(fetch(server.url())->body, "some");
  EXPECT_EQ(fetch(server.url())->body, "until the end");
  EXPECT_EQ(server.accepted(), 1U);
}

TEST_F(ClientTest, RedirectIsNotFollowed) {
  server.script_connection(
      {{.bytes = "HTTP/1.1 302 Found\r\nLocation: http://evil/\r\nContent-Length: 0\r\n\r\n"}});
  EXPECT_EQ(fetch(server.url())->status, 302U);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(ClientTest, GzipIsUndoneThoughNotAskedFor) {
  server.script_connection({answer(support::gzip("packed"), "Content-Encoding: gzip\r\n")});
  EXPECT_EQ(fetch(server.url())->body, "packed");
  EXPECT_EQ(server.requests().at(0).find("Accept-Encoding"), std::string::npos);
}

TEST_F(ClientTest, OtherEncodingsAreRefusedByName) {
  server.script_connection({answer("?", "Content-Encoding: br\r\n")});
  const auto response = fetch(server.url());
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::give_up);
  EXPECT_NE(response.error().message.find("`br`"), std::string::npos);
}

TEST_F(ClientTest, SizeIsLimitedBeforeAndAfterUnpacking) {
  use({.max_body = 1000});
  server.script_connection({answer(std::string(1000, 'x')), answer(std::string(1001, 'x'))});
  EXPECT_TRUE(fetch(server.url()));
  const auto large = fetch(server.url());
  ASSERT_FALSE(large);
  EXPECT_EQ(large.error().message, "reading the answer of 127.0.0.1:" + std::to_string(server.port()) +
                                       ": the answer's body is larger than 1000 bytes");
  server.script_connection({answer(support::gzip(std::string(1001, 'x')), "Content-Encoding: gzip\r\n")});
  const auto unpacked = fetch(server.url());
  ASSERT_FALSE(unpacked);
  EXPECT_NE(unpacked.error().message.find("when unpacked"), std::string::npos);
}

TEST_F(ClientTest, ConnectionIsUsedAgain) {
  for (int i = 0; i < 10; ++i)
    ASSERT_TRUE(fetch(server.url()));
  EXPECT_EQ(server.accepted(), 1U);
}

TEST_F(ClientTest, ConnectionIsNotUsedAgainWhenTheAnswerSaysSo) {
  server.script_connection({answer("1", "Connection: close\r\n"), answer("2")});
  EXPECT_EQ(fetch(server.url())->body, "1");
  EXPECT_EQ(fetch(server.url())->body, "ok");
  EXPECT_EQ(server.accepted(), 2U);
}

TEST_F(ClientTest, BytesAfterTheAnswerSpendTheConnection) {
  server.script_connection({{.bytes = answer("1").bytes + answer("never asked for").bytes}, answer("2")});
  EXPECT_EQ(fetch(server.url())->body, "1");
  EXPECT_EQ(fetch(server.url())->body, "ok");
  EXPECT_EQ(server.accepted(), 2U);
}

TEST_F(ClientTest, BytesThatComeWhileIdleAreNotTakenForTheNextAnswer) {
  server.script_connection({answer("1")});
  EXPECT_EQ(fetch(server.url())->body, "1");
  server.push("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(fetch(server.url())->status, 200U);
  EXPECT_EQ(server.accepted(), 2U);
}

TEST_F(ClientTest, IdleConnectionIsClosedWhenItsTimeIsOver) {
  ASSERT_TRUE(fetch(server.url()));
  clock().advance(seconds{5} - Milliseconds{1});
  context().poll();
  EXPECT_EQ(server.open(), 1U);
  clock().advance(Milliseconds{1});
  run_until([&] { return server.open() == 0; });
}

TEST_F(ClientTest, EachIdleConnectionIsClosedInItsTurn) {
  HttpServer other{context()};
  ASSERT_TRUE(fetch(server.url()));
  clock().advance(seconds{3});
  ASSERT_TRUE(fetch(other.url()));
  clock().advance(seconds{2});
  run_until([&] { return server.open() == 0; });
  EXPECT_EQ(other.open(), 1U);
  clock().advance(seconds{3});
  run_until([&] { return other.open() == 0; });
}

TEST_F(ClientTest, PooledConnectionThatTheServerClosedIsReplaced) {
  ASSERT_TRUE(fetch(server.url()));
  server.close_connections();
  run_until([&] { return server.open() == 0; });
  EXPECT_TRUE(fetch(server.url()));
  EXPECT_EQ(server.accepted(), 2U);
}

TEST_F(ClientTest, RequestIsNotSentAgainWhenAPooledConnectionFailsBeforeTheAnswer) {
  for (const Then end : {Then::drop, Then::reset}) {
    use({});
    const std::size_t requests = server.requests().size();
    server.script_connection({answer("first"), {.bytes = "", .then = end}});
    EXPECT_EQ(fetch(server.url())->body, "first");
    const auto response = fetch(server.url());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::retry);
    EXPECT_EQ(response.error().cause, ErrorCause::transport);
    EXPECT_EQ(server.requests().size() - requests, 2U);
    EXPECT_TRUE(fetch(server.url()));
  }
}

TEST_F(ClientTest, PooledConnectionThatFailsInTheMiddleOfTheAnswerIsAnError) {
  server.script_connection({answer("first"), {.bytes = "HTTP/1.1 200 OK\r\nContent-Le", .then = Then::drop}});
  EXPECT_TRUE(fetch(server.url()));
  const auto response = fetch(server.url());
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::transport);
  EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(ClientTest, FreshConnectionThatFailsIsAnErrorAtOnce) {
  const std::string where = " 127.0.0.1:" + std::to_string(server.port()) + ": ";
  const auto expect_error = [this](const support::ScriptedAnswer& scripted, const std::string& message) {
    server.script_connection({scripted});
    const std::size_t requests = server.requests().size();
    const auto response = fetch(server.url());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::retry);
    EXPECT_EQ(response.error().cause, ErrorCause::transport);
    EXPECT_EQ(response.error().message.substr(0, message.size()), message);
    EXPECT_EQ(server.requests().size(), requests + 1);
  };
  expect_error({.bytes = "", .then = Then::drop},
               "waiting for the answer of" + where + "the other side closed the connection");
  expect_error({.bytes = "", .then = Then::reset},
               "waiting for the answer of" + where + "Connection reset by peer");
  expect_error({.bytes = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", .then = Then::drop},
               "reading the answer of" + where + "the connection was closed before the end of the answer");
  expect_error({.bytes = "SSH-2.0-OpenSSH\r\n", .then = Then::hang},
               "reading the answer of" + where + "the answer is not HTTP/1.1");
}

TEST_F(ClientTest, NobodyListeningIsATransportErrorThatNamesTheEndpoint) {
  std::string url;
  {
    const HttpServer gone{context()};
    url = gone.url();
  }
  const auto response = fetch(url);
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::retry);
  EXPECT_EQ(response.error().cause, ErrorCause::transport);
  EXPECT_EQ(response.error().message, "connecting to " + url.substr(7) + ": Connection refused");
}

TEST_F(ClientTest, NameIsLookedUp) {
  EXPECT_TRUE(fetch(server.url("localhost")));
}

TEST_F(ClientTest, UnknownNameIsATransportError) {
  const auto response = fetch("http://name.invalid/");  // RFC 6761: never resolves
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::transport);
  EXPECT_EQ(response.error().message.substr(0, 33), "connecting to name.invalid:80: Ho");
}

TEST_F(ClientTest, ServerThatNeverAnswersTimesOutNamingTheStage) {
  server.script_connection({{.bytes = "", .then = Then::hang}});
  Request request = get(server.url());
  request.timeout = seconds{10};
  const auto response = time_out(
      request, [&] { return server.requests().size() == 1; }, seconds{10});
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::retry);
  EXPECT_EQ(response.error().cause, ErrorCause::timeout);
  EXPECT_EQ(response.error().message, "waiting for the answer of 127.0.0.1:" + std::to_string(server.port()) +
                                          " took longer than allowed");
  run_until([&] { return server.open() == 0; });  // the connection is not kept
}

TEST_F(ClientTest, CancellationFromOutsideEndsTheExchangeAtOnce) {
  server.script_connection({{.bytes = "HTTP/1.1 200 OK\r\n", .then = Then::hang}});
  const Request request = get(server.url());
  asio::cancellation_signal stop;
  std::exception_ptr failure;
  bool done = false;
  asio::co_spawn(context(), client().exchange(request),
                 asio::bind_cancellation_slot(stop.slot(),
                                              [&](const std::exception_ptr& thrown, const Result<Response>&) {
                                                failure = thrown;
                                                done = true;
                                              }));
  run_until([&] { return server.requests().size() == 1; });
  stop.emit(asio::cancellation_type::terminal);
  run_until([&] { return done; });
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    EXPECT_EQ(error.code(), asio::error::operation_aborted);
  }
  run_until([&] { return server.open() == 0; });
}

TEST_F(ClientTest, UrlThatCannotBeRequestedIsAnErrorBeforeAnythingIsSent) {
  const auto response = fetch("gopher://example.com/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::configuration);
}

}  // namespace
}  // namespace sas::http
