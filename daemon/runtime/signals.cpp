// SPDX-License-Identifier: Apache-2.0
#include "runtime/signals.hpp"

#include <csignal>

#include <boost/asio/signal_set.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sas::runtime {

boost::asio::awaitable<int> stop_signal() {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::signal_set signals(executor, SIGTERM, SIGINT);
  co_return co_await signals.async_wait(boost::asio::use_awaitable);
}

boost::asio::awaitable<void> on_hang_up(std::function<boost::asio::awaitable<void>()> hang_up) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::signal_set signals(executor, SIGHUP);
  while (true) {
    co_await signals.async_wait(boost::asio::use_awaitable);
    co_await hang_up();
  }
}

}  // namespace sas::runtime
