// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calls that block for as long as somebody else pleases and cannot be cancelled: a name look-up, a file on a
// network. Each runs in a thread of its own, so that none waits for another, and those who ask for the same
// thing share one.

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "base/result.hpp"
#include "runtime/clock.hpp"

namespace sas::runtime {

namespace asio = boost::asio;

template <class Value>
class BlockingCalls {
 public:
  using Call = std::function<Result<Value>()>;

  explicit BlockingCalls(asio::any_io_executor loop) : loop_(std::move(loop)) {}

  /// What `call` returns, or the one under way for the same key. Who waits may be cancelled: the call then
  /// ends on its own, and so must own what it uses. It must not throw.
  asio::awaitable<Result<Value>> run(std::string key, Call call) {
    const std::shared_ptr<Running> running = under_way(key, call);
    if (!running) co_return no_thread();
    boost::system::error_code woken;
    co_await running->ended.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (!running->outcome) throw boost::system::system_error(asio::error::operation_aborted);
    co_return *running->outcome;
  }

  /// Waits for the calls that still run, as the destructor does. Nothing can be run any more.
  void shut_down() { calls_->clear(); }

 private:
  struct Running {
    explicit Running(const asio::any_io_executor& loop) : ended(loop, Instant::max()) {}

    Timer ended;  // never expires: cancelling it wakes those who wait
    std::optional<Result<Value>> outcome;
  };
  struct Started {
    std::shared_ptr<Running> running;
    std::jthread thread;
  };
  using Calls = std::map<std::string, Started>;

  // Null where there can be no thread.
  std::shared_ptr<Running> under_way(const std::string& key, const Call& call) {
    if (const auto found = calls_->find(key); found != calls_->end()) return found->second.running;
    auto running = std::make_shared<Running>(loop_);
    try {
      std::jthread thread(call_and_tell(key, call, running));
      calls_->emplace(key, Started{running, std::move(thread)});
    } catch (const std::system_error&) {
      return nullptr;
    }
    return running;
  }

  // What the thread does. It hands on all that it shares with the loop, so that it owns none of it at its
  // end.
  std::function<void()> call_and_tell(std::string key, Call call, std::shared_ptr<Running> running) {
    return [loop = loop_, key = std::move(key), call = std::move(call), running = std::move(running),
            calls = std::weak_ptr<Calls>(calls_)]() mutable {
      auto tell = [key = std::move(key), outcome = call(), running = std::move(running),
                   calls = std::move(calls)]() mutable {
        running->outcome = std::move(outcome);
        running->ended.cancel();
        if (const auto known = calls.lock()) known->erase(key);  // joins a thread that has nothing left to do
      };
      asio::post(loop, std::move(tell));
    };
  }

  static Error no_thread() {
    return {.kind = ErrorKind::retry,
            .cause = ErrorCause::transport,
            .message = "the system has no room for another thread"};
  }

  asio::any_io_executor loop_;
  std::shared_ptr<Calls> calls_ = std::make_shared<Calls>();
};

}  // namespace sas::runtime
