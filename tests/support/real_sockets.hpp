// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs coroutines over real sockets while the clock stands still: a timeout happens when the test moves the
// clock, and never because the machine is slow. Fails the test if work is left over when it ends.

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

class RealSockets : public ::testing::Test {
 public:
  ~RealSockets() override {
    context_.restart();
    context_.poll();
    EXPECT_TRUE(context_.stopped()) << "the test ends while work is still under way";
  }

  boost::asio::io_context& context() { return context_; }
  runtime::ManualClock& clock() { return clock_; }

  /// Runs until `done` holds. It must come true by what the sockets do.
  void run_until(const std::function<bool()>& done) {
    context_.restart();
    while (!done())
      if (context_.run_one() == 0) throw std::logic_error("waits for something that never comes");
  }

  template <class T>
  struct Running {
    std::optional<T> value;
    std::exception_ptr failure;
    [[nodiscard]] bool done() const { return value.has_value() || failure != nullptr; }
    T take() {
      if (failure) std::rethrow_exception(failure);
      return std::move(*value);
    }
  };

  /// Starts a coroutine; `running` must live until it is done. The token cancels it where it has a slot.
  template <class T>
  void start(boost::asio::awaitable<T> operation, Running<T>& running) {
    boost::asio::co_spawn(context_, std::move(operation), [&running](std::exception_ptr thrown, T value) {
      running.failure = thrown;
      if (!thrown) running.value.emplace(std::move(value));
    });
  }

  template <class T>
  T await(boost::asio::awaitable<T> operation) {
    Running<T> running;
    start(std::move(operation), running);
    run_until([&] { return running.done(); });
    return running.take();
  }

 private:
  runtime::ManualClock clock_{Time{std::chrono::milliseconds{1'767'323'045'000}}};
  boost::asio::io_context context_{1};
};

}  // namespace sas::support
