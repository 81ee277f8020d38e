// SPDX-License-Identifier: Apache-2.0
#include "web/tls_stream.hpp"

#include <list>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/tls_fixture.hpp"

namespace sas::web {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

class TlsStreamTest : public TlsServerTest {};

TEST_F(TlsStreamTest, AClientGetsItsAnswersOverTlsOnOneConnection) {
  start_with();
  TlsClient client(port_);
  EXPECT_EQ(ask_over(client), kOk);
  EXPECT_EQ(ask_over(client), kOk);
  EXPECT_EQ(server_->connections(), 1U);
}

TEST_F(TlsStreamTest, AWholeScrapeArrivesAsTheWriterMadeIt) {
  tasks_ = 3000;
  start_with();
  TlsClient client(port_);
  client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(until([&] {
    client.step();
    return client.received.ends_with("\r\n0\r\n\r\n") || client.ended();
  }));
  std::string bytes = client.received.substr(client.received.find("\r\n\r\n") + 4);
  EXPECT_TRUE(take_chunks(bytes) == rendered(sample_scrape(exposition::Format::text, tasks_)));
}

TEST_F(TlsStreamTest, TheLastAnswerIsFollowedByACleanEnd) {
  start_with();
  TlsClient client(port_);
  client.send("GET /-/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(until([&] { return client.step() == TlsClient::State::ended; }));
  EXPECT_THAT(client.received, testing::EndsWith("ready\n"));
  EXPECT_TRUE(client.closed());
}

TEST_F(TlsStreamTest, WhoSpeaksPlainHttpIsToldSo) {
  start_with();
  RawClient client = connect();
  const Response response = ask(client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("here is HTTPS"));
  EXPECT_TRUE(until_ended(client));
}

TEST_F(TlsStreamTest, WhoSpeaksNeitherIsDropped) {
  start_with();
  RawClient client = connect();
  client.send("SSH-2.0-OpenSSH_9.2\r\n");
  EXPECT_TRUE(until_ended(client));
  EXPECT_EQ(outcome(), kOk);
}

TEST_F(TlsStreamTest, AHandshakeThatTakesTooLongIsCutOffAndHoldsUpNobody) {
  start_with();
  RawClient slow = connect();
  slow.send("\x16\x03\x01");
  ASSERT_TRUE(until([&] { return server_->connections() == 1; }));
  EXPECT_EQ(outcome(), kOk);
  advance(settings_.handshake_timeout - 1ms);
  slow.receive();
  EXPECT_FALSE(slow.ended());
  advance(1ms);
  EXPECT_TRUE(until_ended(slow));
  EXPECT_THAT(logged_.str(), HasSubstr("the TLS handshake took longer than allowed"));
}

TEST_F(TlsStreamTest, TooManyHandshakesAtOnceEndTheOldestAndLetNewcomersIn) {
  settings_.max_handshakes = 3;
  start_with();
  std::list<RawClient> slow;
  for (int i = 0; i < 3; ++i)
    slow.push_back(connect());
  ASSERT_TRUE(until([&] { return server_->connections() == 3; }));
  EXPECT_EQ(outcome(), kOk);
  EXPECT_TRUE(until_ended(slow.front()));
  slow.back().receive();
  EXPECT_FALSE(slow.back().ended());
}

TEST_F(TlsStreamTest, PastTheBoundOfConnectionsTheRefusalIsWithinTlsToo) {
  settings_.max_connections = 1;
  start_with();
  TlsClient first(port_);
  ASSERT_EQ(ask_over(first), kOk);
  TlsClient second(port_);
  second.send("GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(until([&] { return second.step() == TlsClient::State::ended; }));
  EXPECT_THAT(second.received, StartsWith("HTTP/1.1 503 "));
}

TEST_F(TlsStreamTest, StoppedItClosesIdleConnectionsAtOnce) {
  start_with();
  TlsClient client(port_);
  ASSERT_EQ(ask_over(client), kOk);
  stop();
  EXPECT_TRUE(until([&] { return ended_; }));
}

TEST_F(TlsStreamTest, StoppedItEndsHandshakesAtOnce) {
  start_with();
  RawClient slow = connect();
  ASSERT_TRUE(until([&] { return server_->connections() == 1; }));
  stop();
  EXPECT_TRUE(until([&] { return ended_; }));
}

TEST_F(TlsStreamTest, AReasonWhyHandshakesFailIsToldOnce) {
  start_with("  min_version: TLS13\n");
  for (int i = 0; i < 3; ++i)
    EXPECT_THAT(outcome({.max_version = TLS1_2_VERSION}), StartsWith("refused"));
  const std::string log = logged_.str();
  const std::string line = "a TLS handshake failed; the next ones";
  ASSERT_NE(log.find(line), std::string::npos) << log;
  EXPECT_EQ(log.find(line), log.rfind(line));
}

}  // namespace
}  // namespace sas::web
