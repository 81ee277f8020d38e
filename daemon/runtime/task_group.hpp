// SPDX-License-Identifier: Apache-2.0
#pragma once
// The owner of coroutines that run for long: whatever is spawned here is stopped and waited for here. There
// is no detached work in this program, so nothing outlives what it uses.

#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "base/time.hpp"
#include "runtime/clock.hpp"

namespace sas::runtime {

namespace asio = boost::asio;

class TaskGroup {
 public:
  /// Called with a child's name when it ends by an exception other than a cancellation.
  using OnFailure = std::function<void(const std::string& name, const std::exception_ptr& failure)>;

  TaskGroup(asio::any_io_executor executor, OnFailure on_failure);
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts a child; after request_stop() it is dropped instead.
  void spawn(std::string name, asio::awaitable<void> child);

  /// Cancels all children; they end at their next wait. Repeating it does no harm. join() must follow.
  void request_stop();

  /// Cancels the children of that name alone.
  void request_stop(const std::string& name);

  /// Waits until all are gone, or `deadline`. True: all are gone. The group must outlive its children either
  /// way.
  asio::awaitable<bool> join(Instant deadline);

  [[nodiscard]] std::size_t size() const { return children_.size(); }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  struct Child {
    std::string name;
    asio::cancellation_signal stop;
    bool running = false;
    bool stopping = false;
  };

  asio::awaitable<void> run(Child& entry, asio::awaitable<void> child);
  void stop(const std::function<bool(const Child&)>& whom);
  void ended(std::list<Child>::iterator child, const std::exception_ptr& failure);

  asio::any_io_executor executor_;
  OnFailure on_failure_;
  std::list<Child> children_;
  Timer all_gone_;  // never expires: cancelling it wakes join()
  bool stopping_ = false;
};

}  // namespace sas::runtime
