// SPDX-License-Identifier: Apache-2.0
#include "policy/subtask_queue.hpp"

#include <algorithm>
#include <tuple>

#include "tasks/task.hpp"

namespace sas::policy {
namespace {

std::string key_of(const std::string& id) {
  return std::string(tasks::shown_id(id));
}

// The service has answered, and it is this task's list that it cannot or will not give. All other failures
// meet every task alike.
bool is_its_own(const Error& error) {
  return error.cause == ErrorCause::parameter || error.cause == ErrorCause::contract ||
         error.cause == ErrorCause::internal;
}

Milliseconds pause_after(unsigned failures, const SubtaskQueueLimits& limits) {
  Milliseconds pause = limits.first_pause;
  for (unsigned i = 1; i < failures && pause < limits.last_pause; ++i)
    pause *= 2;
  return std::min(pause, limits.last_pause);
}

}  // namespace

bool SubtaskQueue::Turn::operator<(const Turn& other) const {
  return std::tie(setbacks, other.at, key) < std::tie(other.setbacks, at, other.key);
}

void SubtaskQueue::ended(const EndedTask& task) {
  const auto known = find(task.id);
  if (known != entries_.end()) {
    if (task.at <= known->second.task.at) return;
    drop(known);
  }
  put(task, true);
}

void SubtaskQueue::withdraw(const std::string& id) {
  const auto known = find(id);
  if (known != entries_.end()) drop(known);
}

std::optional<EndedTask> SubtaskQueue::next(Instant now) const {
  if (waiting_.empty() || (paused_until_ && now < *paused_until_)) return std::nullopt;
  return entries_.at(waiting_.begin()->key).task;
}

void SubtaskQueue::read(const EndedTask& task) {
  failures_ = 0;
  forbidden_ = false;
  paused_until_.reset();
  const auto known = find(task.id);
  if (known != entries_.end()) {
    if (task.at < known->second.task.at) return;
    drop(known);
  }
  put(task, false);
}

// No chance in these pauses: who waits is asked for in the course of a poll, and those are spread already.
Setback SubtaskQueue::failed(const EndedTask& task, const Error& error, Instant now) {
  if (error.cause == ErrorCause::cancelled) return Setback::later;
  if (error.cause == ErrorCause::permission) {
    paused_until_ = now + limits_.forbidden_pause;
    return std::exchange(forbidden_, true) ? Setback::still_forbidden : Setback::forbidden;
  }
  // Who was not asked has not failed, and is back before long.
  const bool asked = error.cause != ErrorCause::suspended;
  if (asked) ++failures_;
  const Milliseconds pause = asked ? pause_after(failures_, limits_) : limits_.first_pause;
  paused_until_ = now + std::max(pause, error.retry_after.value_or(pause));

  const auto known = find(task.id);
  if (!asked || known == entries_.end() || known->second.task != task || !known->second.waits)
    return Setback::later;
  put_back(known, error);
  return known->second.waits ? Setback::later : Setback::given_up;
}

void SubtaskQueue::forget(Time before) {
  while (!by_end_.empty() && by_end_.begin()->first < before)
    drop(entries_.find(by_end_.begin()->second));
}

SubtaskQueue::Entries::iterator SubtaskQueue::find(const std::string& id) {
  return entries_.find(key_of(id));
}

void SubtaskQueue::put(const EndedTask& task, bool waits) {
  const auto added = entries_.emplace(key_of(task.id), Entry{.task = task, .waits = waits}).first;
  by_end_.emplace(task.at, added->first);
  if (waits) waiting_.insert(turn_of(added->first, added->second));
  while (entries_.size() > limits_.tasks)
    drop(entries_.find(by_end_.begin()->second));
}

void SubtaskQueue::drop(Entries::iterator found) {
  by_end_.erase(std::pair(found->second.task.at, found->first));
  waiting_.erase(turn_of(found->first, found->second));
  entries_.erase(found);
}

void SubtaskQueue::put_back(Entries::iterator found, const Error& error) {
  Entry& entry = found->second;
  waiting_.erase(turn_of(found->first, entry));
  ++entry.setbacks;
  if (is_its_own(error)) entry.waits = ++entry.own < limits_.tries;
  if (entry.waits) waiting_.insert(turn_of(found->first, entry));
}

SubtaskQueue::Turn SubtaskQueue::turn_of(const std::string& key, const Entry& entry) {
  return {.setbacks = entry.setbacks, .at = entry.task.at, .key = key};
}

}  // namespace sas::policy
