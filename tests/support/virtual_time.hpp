// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs coroutines on virtual time: whenever nothing is ready to run, the clock jumps to the next timer. Fails
// the test if work is left over when it ends.

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "runtime/clock.hpp"

namespace sas::support {

class VirtualTime : public ::testing::Test {
 public:
  static constexpr Time kStart{std::chrono::milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z

  ~VirtualTime() override {
    run_ready();
    EXPECT_TRUE(context_.stopped()) << "the test ends while work is still under way";
  }

  boost::asio::io_context& context() { return context_; }
  boost::asio::any_io_executor executor() { return context_.get_executor(); }
  runtime::ManualClock& clock() { return clock_; }
  [[nodiscard]] static Time now() { return runtime::wall_now(); }

  /// Runs what is ready, without letting time pass.
  std::size_t run_ready() {
    context_.restart();
    return context_.poll();
  }

  /// Runs until `done` holds, letting time pass; false where nothing is left to wait for, or `limit` is
  /// passed.
  bool run_until(const std::function<bool()>& done, Milliseconds limit = std::chrono::hours{24 * 400}) {
    const Instant end = runtime::Clock::now() + limit;
    while (true) {
      const std::size_t ran = run_ready();
      if (done()) return true;
      const auto next = clock_.next_expiry();
      if (!next || *next > end) return false;
      if (*next > runtime::Clock::now()) {
        clock_.advance(*next - runtime::Clock::now());
      } else if (ran == 0) {
        return false;  // a wait that nobody serves
      }
    }
  }

  /// Runs for exactly so long.
  void run_for(Milliseconds span) {
    const Instant end = runtime::Clock::now() + span;
    run_until([] { return false; }, span);
    if (runtime::Clock::now() < end) clock_.advance(end - runtime::Clock::now());
    run_ready();
  }

  /// Runs one coroutine to its end and returns what it returned; rethrows what it threw.
  template <class T>
  T await(boost::asio::awaitable<T> operation) {
    std::optional<T> outcome;
    std::exception_ptr failure;
    bool done = false;
    boost::asio::co_spawn(context_, std::move(operation), [&](std::exception_ptr thrown, T value) {
      failure = thrown;
      if (!failure) outcome.emplace(std::move(value));
      done = true;
    });
    if (!run_until([&] { return done; }))
      throw std::logic_error("the coroutine waits for something that never comes");
    if (failure) std::rethrow_exception(failure);
    return std::move(*outcome);
  }

  void await(boost::asio::awaitable<void> operation) {
    std::exception_ptr failure;
    bool done = false;
    boost::asio::co_spawn(context_, std::move(operation), [&](std::exception_ptr thrown) {
      failure = thrown;
      done = true;
    });
    if (!run_until([&] { return done; }))
      throw std::logic_error("the coroutine waits for something that never comes");
    if (failure) std::rethrow_exception(failure);
  }

 private:
  runtime::ManualClock clock_{kStart};
  boost::asio::io_context context_{1};
};

}  // namespace sas::support
