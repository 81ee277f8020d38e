// SPDX-License-Identifier: Apache-2.0
#pragma once
// Waiting, and not waiting longer than allowed. The only two ways in which this program lets time pass.

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/result.hpp"
#include "runtime/clock.hpp"

namespace sas::runtime {

namespace asio = boost::asio;

/// Returns at `until`; throws operation_aborted when the coroutine is cancelled.
asio::awaitable<void> sleep_until(Instant until);
asio::awaitable<void> sleep_for(Monotonic::duration span);

/// What a passed deadline looks like: `timeout: WHAT took longer than allowed`.
Error timed_out(std::string_view what);

/// The result of `operation`, or a timeout naming `what` when `deadline` comes first; the operation is then
/// cancelled and waited for. Exceptions of the operation, and cancellation from outside, pass through.
template <class T>
asio::awaitable<Result<T>> with_deadline(asio::awaitable<Result<T>> operation, Instant deadline,
                                         std::string what) {
  const auto executor = co_await asio::this_coro::executor;
  const PendingWait pending(deadline);
  Timer timer(executor, deadline);
  auto racing = asio::experimental::make_parallel_group(
      asio::co_spawn(executor, std::move(operation), asio::deferred), timer.async_wait(asio::deferred));
  const asio::experimental::wait_for_one first;
  auto [order, failure, result, timer_failure] =
      co_await std::move(racing).async_wait(first, asio::use_awaitable);
  const bool expired = order[0] == 1 && !timer_failure;
  if (expired) co_return timed_out(what);
  if (failure) std::rethrow_exception(failure);
  co_return std::move(result);
}

}  // namespace sas::runtime
