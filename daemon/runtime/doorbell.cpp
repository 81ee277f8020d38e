// SPDX-License-Identifier: Apache-2.0
#include "runtime/doorbell.hpp"

#include <optional>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace sas::runtime {
namespace {

// Also when the coroutine is dropped while it waits.
class Heard {
 public:
  Heard(Timer*& waiting, Timer& timer) : waiting_(waiting) { waiting_ = &timer; }
  ~Heard() { waiting_ = nullptr; }
  Heard(const Heard&) = delete;
  Heard& operator=(const Heard&) = delete;

 private:
  Timer*& waiting_;
};

}  // namespace

asio::awaitable<void> Doorbell::wait_until(Instant until) {
  if (std::exchange(has_rung_, false)) co_return;
  const auto executor = co_await asio::this_coro::executor;
  std::optional<PendingWait> pending;
  if (until != Instant::max()) pending.emplace(until);
  Timer timer(executor, until);
  const Heard heard(waiting_, timer);
  boost::system::error_code woken;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
  const auto cancellation = co_await asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != asio::cancellation_type::none)
    throw boost::system::system_error(asio::error::operation_aborted);
  has_rung_ = false;
}

void Doorbell::ring() {
  has_rung_ = true;
  if (waiting_ != nullptr) waiting_->cancel();
}

}  // namespace sas::runtime
