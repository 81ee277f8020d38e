// SPDX-License-Identifier: Apache-2.0
#include "web/session.hpp"

#include <random>

#include <gtest/gtest.h>

#include "unit/web/gunzip.hpp"
#include "unit/web/server_fixture.hpp"

namespace sas::web {
namespace {

using namespace std::chrono_literals;

class Session : public ServerTest {
 protected:
  std::string expected(exposition::Format format = exposition::Format::text) const {
    return rendered(sample_scrape(format, tasks_));
  }
};

constexpr const char* kGetMetrics = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr const char* kGetReady = "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(Session, ServesEachPage) {
  start();
  EXPECT_EQ(get("/").field("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(get("/-/healthy").body, "healthy\n");
  health_ = {.alive = true, .ready = false, .reason = "nothing polled yet"};
  EXPECT_EQ(get("/-/ready").status, 503);
  EXPECT_EQ(get("/-/ready").body, "not ready: nothing polled yet\n");
  EXPECT_EQ(get("/nothing").status, 404);
  EXPECT_EQ(get("/-/ready").field("Date"), "Fri, 02 Jan 2026 03:04:05 GMT");
}

TEST_F(Session, ServesAScrapeInChunksAsTheWriterMadeIt) {
  tasks_ = 3000;
  start();
  const Response response = get("/metrics");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.field("Transfer-Encoding"), "chunked");
  EXPECT_EQ(response.field("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_TRUE(response.body == expected());
}

TEST_F(Session, ServesOpenMetricsWhereItIsPreferred) {
  start();
  const Response response = get("/metrics", "Accept: application/openmetrics-text;version=1.0.0\r\n");
  EXPECT_TRUE(response.field("Content-Type").starts_with("application/openmetrics-text"));
  EXPECT_TRUE(response.body == expected(exposition::Format::openmetrics));
}

TEST_F(Session, ServesAGzippedScrapeAsOneMember) {
  tasks_ = 3000;
  start();
  const Response response = get("/metrics", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(response.field("Content-Encoding"), "gzip");
  EXPECT_TRUE(gunzip(response.body) == expected());
  EXPECT_EQ(get("/metrics", "Accept-Encoding: gzip;q=0\r\n").field("Content-Encoding"), "");
}

TEST_F(Session, AnsweredOverHttp10IsABodyThatTheCloseDelimits) {
  tasks_ = 3000;
  start();
  RawClient client = connect();
  const Response response = ask(client, "GET /metrics HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(response.field("Transfer-Encoding"), "");
  EXPECT_EQ(response.field("Connection"), "close");
  EXPECT_TRUE(response.body == expected());
  EXPECT_TRUE(client.closed());
}

TEST_F(Session, HeadIsTheHeadOfGetAndRendersNothing) {
  start();
  RawClient client = connect();
  const Response head =
      ask(client, "HEAD /metrics HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n", Asked::head);
  EXPECT_EQ(head.field("Content-Encoding"), "gzip");
  EXPECT_EQ(head.field("Transfer-Encoding"), "chunked");
  EXPECT_EQ(scrapes_, 0);
  const Response page = ask(client, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", Asked::head);
  EXPECT_EQ(page.field("Content-Length"), std::to_string(get("/").body.size()));
  EXPECT_EQ(client.received, "");
  EXPECT_EQ(ask(client, kGetReady).body, "ready\n");
}

TEST_F(Session, AWrongMethodIsToldTheRightOnesAndTheConnectionStays) {
  start();
  RawClient client = connect();
  const Response response =
      ask(client, "POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.field("Allow"), "GET, HEAD");
  EXPECT_EQ(ask(client, kGetReady).status, 200);
}

TEST_F(Session, AReloadIsAnsweredWithWhatCameOfIt) {
  ReloadResult result{.taken = true, .reason = {}};
  int reloads = 0;
  site_.reload = [&]() -> asio::awaitable<ReloadResult> {
    ++reloads;
    co_return result;
  };
  start();
  RawClient client = connect();
  constexpr const char* kReload = "POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  EXPECT_EQ(ask(client, kReload).status, 200);
  result = {.taken = false, .reason = "config.yml:3:1: poll.interval: is no duration"};
  const Response refused = ask(client, kReload);
  EXPECT_EQ(refused.status, 500);
  EXPECT_NE(refused.body.find(result.reason), std::string::npos) << refused.body;
  EXPECT_EQ(reloads, 2);
  EXPECT_EQ(ask(client, "GET /-/reload HTTP/1.1\r\nHost: a\r\n\r\n").field("Allow"), "POST");
  EXPECT_EQ(reloads, 2);
}

TEST_F(Session, RequestsSentTogetherAreAnsweredInOrder) {
  start();
  RawClient client = connect();
  client.send(std::string(kGetReady) + kGetMetrics +
              "GET /no HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + kGetReady);
  EXPECT_EQ(response_of(client).body, "ready\n");
  EXPECT_EQ(response_of(client).body, expected());
  EXPECT_EQ(response_of(client).status, 404);
  EXPECT_TRUE(until_ended(client));
  EXPECT_TRUE(client.closed());
  EXPECT_EQ(client.received, "");
}

TEST_F(Session, AContinueIsGivenBeforeTheBody) {
  start();
  RawClient client = connect();
  const Response go_on =
      ask(client, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(go_on.status, 100);
  EXPECT_EQ(ask(client, "hi").status, 405);
}

TEST_F(Session, WhatCannotBeReadIsAnsweredAndTheConnectionClosed) {
  start();
  const std::pair<std::string, int> kCases[] = {
      {"no request\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + std::string(200'000, 'x'), 413},
      {"GET / HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n\r\n", 417},
  };
  for (const auto& [bytes, status] : kCases) {
    RawClient client = connect();
    const Response response = ask(client, bytes);
    EXPECT_EQ(response.status, status) << bytes.substr(0, 60);
    EXPECT_EQ(response.field("Connection"), "close");
    EXPECT_TRUE(until([&] { return server_->connections() == 0 || (client.receive(), client.ended()); }));
    EXPECT_TRUE(client.closed()) << "the answer is in danger when the connection is reset";
  }
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(Session, GarbageOfAnyKindHarmsNobody) {
  start();
  std::mt19937 random(20260102);
  for (int round = 0; round < 200; ++round) {
    RawClient client = connect();
    std::string bytes = round % 2 == 0
                            ? kGetMetrics
                            : "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n";
    for (int i = 0; i < 5; ++i)
      bytes[random() % bytes.size()] = static_cast<char>(random());
    client.send(bytes);
    client.close_sending();
    EXPECT_TRUE(until_ended(client));
  }
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(Session, AHeadThatTrickesInIsAnswered408AfterItsTime) {
  start();
  RawClient client = connect();
  client.send("GET / HT");
  for (int second = 0; second < 9; ++second) {
    advance(1s);
    client.send("T");
  }
  turn();
  client.receive();
  EXPECT_EQ(client.received, "");
  advance(1s);
  EXPECT_EQ(response_of(client).status, 408);
  EXPECT_TRUE(until([&] { return client.receive(), client.closed(); }));
}

TEST_F(Session, ABodyThatStaysAwayIsAnswered408) {
  start();
  RawClient client = connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
  turn();
  advance(10s);
  EXPECT_EQ(response_of(client).status, 408);
}

TEST_F(Session, AnIdleConnectionIsClosedSilentlyAfterItsTime) {
  start();
  RawClient fresh = connect();
  RawClient used = connect();
  EXPECT_EQ(ask(used, kGetReady).status, 200);
  ASSERT_TRUE(until([&] { return server_->connections() == 2; }));
  advance(59s);
  fresh.receive();
  used.receive();
  EXPECT_FALSE(fresh.ended() || used.ended());
  advance(1s);
  EXPECT_TRUE(until_ended(fresh) && until_ended(used));
  EXPECT_TRUE(fresh.closed() && used.closed());
  EXPECT_EQ(fresh.received + used.received, "");
  EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(Session, AClientThatStopsReadingHoldsUpNobodyAndLosesNothing) {
  tasks_ = 100'000;
  start();
  RawClient slow = connect(16 * 1024);
  slow.send(kGetMetrics);
  ASSERT_TRUE(until([&] { return slow.receive(1) == 1; }));
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(get("/-/ready").status, 200);
    slow.receive(100'000);
  }
  EXPECT_FALSE(slow.received.ends_with("0\r\n\r\n"));
  EXPECT_TRUE(long_response_of(slow).body == expected());
}

TEST_F(Session, OtherRequestsAreAnsweredWhileAFastClientScrapes) {
  tasks_ = 20'000;
  start();
  RawClient greedy = connect();
  RawClient other = connect();
  greedy.send(kGetMetrics);
  ASSERT_TRUE(until([&] { return greedy.receive() > 0; }));
  other.send(kGetReady);
  std::size_t meanwhile = greedy.received.size();
  ASSERT_TRUE(until([&] {
    context_.restart();
    for (int step = 0; step < 50; ++step)
      context_.poll_one(), greedy.receive();
    return other.receive() > 0;
  }));
  meanwhile = greedy.received.size() - meanwhile;
  EXPECT_EQ(take_response(other)->status, 200);
  EXPECT_FALSE(greedy.received.ends_with("0\r\n\r\n")) << "the scrape went first";
  EXPECT_EQ(long_response_of(greedy).status, 200);
}

TEST_F(Session, AClientThatTakesNothingIsResetAndItsScrapeGivenUp) {
  tasks_ = 20'000;
  settings_.max_scrapes = 1;
  start();
  RawClient stuck = connect(16 * 1024);
  stuck.send(kGetMetrics);
  ASSERT_TRUE(until([&] { return scrapes_ == 1; }));
  turn();
  const Response full = get("/metrics");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.field("Retry-After"), "5");
  advance(9s);
  EXPECT_EQ(get("/metrics").status, 503);
  advance(1s);
  EXPECT_TRUE(until_ended(stuck));
  EXPECT_TRUE(stuck.reset());
  tasks_ = 1;
  EXPECT_EQ(get("/metrics").status, 200);
}

TEST_F(Session, AClientThatTakesJustEnoughEachTimeIsCutOffAtTheEndOfTheWhole) {
  tasks_ = 20'000;
  settings_.answer_timeout = 15s;
  start();
  RawClient sipping = connect(16 * 1024);
  sipping.send(kGetMetrics);
  ASSERT_TRUE(until([&] { return scrapes_ == 1; }));
  for (int second = 0; second < 15; ++second) {
    ASSERT_EQ(server_->connections(), 1U) << "after " << second << " s";
    const std::size_t enough = sipping.received.size() + 300'000;
    ASSERT_TRUE(until([&] { return sipping.receive(16 * 1024), sipping.received.size() >= enough; }));
    advance(1s);
  }
  EXPECT_TRUE(until_ended(sipping));
  EXPECT_TRUE(sipping.reset());
  EXPECT_FALSE(sipping.received.ends_with("0\r\n\r\n"));
}

TEST_F(Session, AScrapeThatCannotBeMadeIs500AndLogged) {
  site_.scrape = [](exposition::Format) -> exposition::Scrape {
    throw std::runtime_error("no metrics today");
  };
  site_.health = []() -> Health { throw std::runtime_error("no health today"); };
  start();
  EXPECT_EQ(get("/metrics").status, 500);
  EXPECT_EQ(get("/-/ready").status, 500);
  EXPECT_NE(logged_.str().find("no metrics today"), std::string::npos);
  EXPECT_NE(logged_.str().find("no health today"), std::string::npos);
}

TEST_F(Session, AClientThatLeavesInTheMiddleLeavesNothingBehind) {
  tasks_ = 20'000;
  start();
  {
    RawClient client = connect();
    client.send(kGetMetrics);
    ASSERT_TRUE(until([&] { return client.receive() > 0; }));
  }
  EXPECT_TRUE(until([&] { return server_->connections() == 0; }));
}

}  // namespace
}  // namespace sas::web
