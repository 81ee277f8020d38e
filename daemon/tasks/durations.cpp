// SPDX-License-Identifier: Apache-2.0
#include "tasks/durations.hpp"

#include <algorithm>

namespace sas::tasks {
namespace {

std::optional<Time> beginning(const Task& task) {
  return task.start_time ? task.start_time : task.create_time;
}

}  // namespace

std::optional<Milliseconds> run_duration(const Task& task, Time seen_at) {
  const std::optional<Time> begin = beginning(task);
  if (!begin) return std::nullopt;
  const Time end = task.end_time.value_or(seen_at);
  if (end < *begin) return std::nullopt;
  return end - *begin;
}

Milliseconds running_for(const Task& task, Time first_seen, Time now) {
  const Time since = beginning(task).value_or(first_seen);
  return std::max(Milliseconds{0}, now - since);
}

}  // namespace sas::tasks
