// SPDX-License-Identifier: Apache-2.0
#include "runtime/task_group.hpp"

#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace sas::runtime {
namespace {

bool is_cancellation(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const boost::system::system_error& error) {
    return error.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

}  // namespace

TaskGroup::TaskGroup(asio::any_io_executor executor, OnFailure on_failure)
    : executor_(std::move(executor)),
      on_failure_(std::move(on_failure)),
      all_gone_(executor_, Instant::max()) {}

void TaskGroup::spawn(std::string name, asio::awaitable<void> child) {
  const auto entry = children_.emplace(children_.end());
  entry->name = std::move(name);
  asio::co_spawn(
      executor_, run(*entry, std::move(child)),
      asio::bind_cancellation_slot(
          entry->stop.slot(), [this, entry](const std::exception_ptr& failure) { ended(entry, failure); }));
}

asio::awaitable<void> TaskGroup::run(Child& entry, asio::awaitable<void> child) {
  entry.running = true;
  if (!stopping_ && !entry.stopping) co_await std::move(child);
}

void TaskGroup::request_stop() {
  stopping_ = true;
  stop([](const Child&) { return true; });
}

void TaskGroup::request_stop(const std::string& name) {
  for (Child& child : children_)
    if (child.name == name) child.stopping = true;
  stop([](const Child& child) { return child.stopping; });
}

// From inside the loop: outside of it, co_spawn would only post the signal, and post a pointer to it that
// dangles where the child ends first (Asio 1.26).
void TaskGroup::stop(const std::function<bool(const Child&)>& whom) {
  asio::dispatch(executor_, [this, whom] {
    // A child may end, and leave the list, while its signal is emitted. One that has not begun to run must
    // not get it: co_spawn would throw it out of the loop. It sees by itself that it need not begin.
    for (auto child = children_.begin(); child != children_.end();) {
      const auto current = child++;
      if (current->running && whom(*current)) current->stop.emit(asio::cancellation_type::terminal);
    }
  });
}

asio::awaitable<bool> TaskGroup::join(Instant deadline) {
  const PendingWait pending(deadline);
  all_gone_.expires_at(deadline);
  while (!children_.empty() && Clock::now() < deadline) {
    boost::system::error_code woken;
    co_await all_gone_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none) break;
  }
  co_return children_.empty();
}

std::vector<std::string> TaskGroup::names() const {
  std::vector<std::string> names;
  names.reserve(children_.size());
  for (const Child& child : children_)
    names.push_back(child.name);
  return names;
}

void TaskGroup::ended(std::list<Child>::iterator child, const std::exception_ptr& failure) {
  const std::string name = std::move(child->name);
  children_.erase(child);
  if (failure && !is_cancellation(failure) && on_failure_) on_failure_(name, failure);
  if (children_.empty()) all_gone_.cancel();
}

}  // namespace sas::runtime
