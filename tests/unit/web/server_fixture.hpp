// SPDX-License-Identifier: Apache-2.0
#pragma once
// A server on a port of the kernel's choice with clients in the same thread: sockets are real, time stands
// still until the test moves it.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>

#include "runtime/clock.hpp"
#include "runtime/logging.hpp"
#include "unit/web/raw_client.hpp"
#include "unit/web/sample_scrape.hpp"
#include "web/server.hpp"

namespace sas::web {

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    settings_.listen_addresses = {"127.0.0.1:0"};
    site_.version = "1.2.3";
    site_.health = [this] { return health_; };
    site_.scrape = [this](exposition::Format format) {
      ++scrapes_;
      return sample_scrape(format, tasks_);
    };
  }

  ~ServerTest() override {
    if (server_) {
      stop();
      EXPECT_TRUE(until([&] { return ended_; })) << "the server does not stop";
    }
  }

  void start() {
    server_.emplace(context_.get_executor(), settings_, site_, log_);
    const auto addresses = server_->listen();
    ASSERT_TRUE(addresses.has_value()) << addresses.error().message;
    const std::string& address = addresses->front();
    port_ = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    boost::asio::co_spawn(
        context_, server_->run(),
        boost::asio::bind_cancellation_slot(stop_.slot(), [this](const std::exception_ptr& failure) {
          EXPECT_FALSE(failure);
          ended_ = true;
        }));
    turn();
  }

  void stop() { stop_.emit(boost::asio::cancellation_type::terminal); }

  RawClient connect(int receive_buffer = 0) const { return RawClient(port_, receive_buffer); }

  /// Runs what is ready.
  void turn() {
    context_.restart();
    context_.poll();
  }

  /// Runs until `done` holds; no virtual time passes. False when it never comes.
  bool until(const std::function<bool()>& done) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < give_up) {
      turn();
      if (done()) return true;
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds{1});
    }
    return false;
  }

  void advance(Milliseconds by) {
    turn();  // so that waits that are due to begin begin before
    clock_.advance(by);
    turn();
  }

  Response response_of(RawClient& client, Asked asked = Asked::get) {
    std::optional<Response> response;
    const bool whole = until([&] {
      client.receive();
      response = take_response(client, asked);
      return response.has_value() || client.reset();
    });
    EXPECT_TRUE(whole && response) << "no whole answer; so far: " << client.received.substr(0, 1000);
    return response.value_or(Response{});
  }

  Response ask(RawClient& client, std::string_view request, Asked asked = Asked::get) {
    client.send(request);
    return response_of(client, asked);
  }
  Response get(const std::string& path, const std::string& fields = {}) {
    RawClient client = connect();
    return ask(client, "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n");
  }

  /// For long bodies: looks for their end before anything is parsed.
  Response long_response_of(RawClient& client) {
    EXPECT_TRUE(until([&] {
      client.receive();
      return client.received.ends_with("\r\n0\r\n\r\n") || client.reset();
    }));
    return response_of(client);
  }

  bool until_ended(RawClient& client) {
    return until([&] {
      client.receive();
      return client.ended();
    });
  }

  Health health_{.alive = true, .ready = true, .reason = {}};
  std::size_t tasks_ = 10;
  int scrapes_ = 0;
  std::ostringstream logged_;
  runtime::Log log_{
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(logged_)),
      runtime::Level::debug, runtime::Layout::logfmt};
  runtime::ManualClock clock_{Time{std::chrono::milliseconds{1'767'323'045'000}}};  // 2026-01-02T03:04:05Z
  boost::asio::io_context context_{1};
  ServerSettings settings_;
  Site site_;
  std::optional<Server> server_;
  std::uint16_t port_ = 0;
  boost::asio::cancellation_signal stop_;
  bool ended_ = false;
};

}  // namespace sas::web
