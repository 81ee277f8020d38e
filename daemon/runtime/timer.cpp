// SPDX-License-Identifier: Apache-2.0
#include "runtime/timer.hpp"

#include <fmt/format.h>

namespace sas::runtime {

asio::awaitable<void> sleep_until(Instant until) {
  const auto executor = co_await asio::this_coro::executor;
  const PendingWait pending(until);
  Timer timer(executor, until);
  co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> sleep_for(Monotonic::duration span) {
  return sleep_until(Clock::now() + span);
}

Error timed_out(std::string_view what) {
  return {.kind = ErrorKind::retry,
          .cause = ErrorCause::timeout,
          .message = fmt::format("{} took longer than allowed", what)};
}

}  // namespace sas::runtime
