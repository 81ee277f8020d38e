// SPDX-License-Identifier: Apache-2.0
#pragma once
// Work that blocks, such as writing to a disk, done where it does not hold up the loop.

#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace sas::runtime {

namespace asio = boost::asio;

/// Runs `work` on `executor` and returns what it returned. It cannot be cancelled: it runs to its end, and
/// what it uses must live until then.
template <class Work>
auto run_elsewhere(asio::any_io_executor executor, Work work) -> asio::awaitable<decltype(work())> {
  using Outcome = decltype(work());
  auto there = [](Work given) -> asio::awaitable<Outcome> { co_return given(); };
  asio::awaitable<Outcome> running = there(std::move(work));
  co_return co_await asio::co_spawn(executor, std::move(running), asio::use_awaitable);
}

}  // namespace sas::runtime
