// SPDX-License-Identifier: Apache-2.0
#include "tasks/contract.hpp"

#include <optional>
#include <string>

#include <fmt/format.h>

namespace sas::tasks {
namespace {

// Clocks differ a little; more than this is not a difference between clocks.
constexpr Milliseconds kClockTolerance = std::chrono::minutes{5};

void check_count(std::vector<Violation>& found, const char* field, const std::optional<std::int64_t>& done,
                 const std::optional<std::int64_t>& total, const Task& task) {
  if (done && total && *done > *total) {
    found.push_back(
        {.field = field, .detail = fmt::format("{} of {} in task {}", *done, *total, shown_id(task.id))});
  }
}

void check_past(std::vector<Violation>& found, const char* field, const std::optional<Time>& time, Time at,
                const Task& task) {
  if (time && *time > at + kClockTolerance) {
    found.push_back(
        {.field = field,
         .detail = fmt::format("{} lies in the future, task {}", format_seconds(*time), shown_id(task.id))});
  }
}

// From which state to which a task may go, late completion after a time-out included. Unknown codes are not
// judged here.
bool goes_forward(StatusCode from, StatusCode to) {
  if (!is_active(from) && !has_ended(from)) return true;
  if (!is_active(to) && !has_ended(to)) return true;
  if (from == kTimedOut) return to == kComplete;
  return to > from && from != kComplete;
}

void check_no_retreat(std::vector<Violation>& found, const char* field,
                      const std::optional<std::int64_t>& before, const std::optional<std::int64_t>& after,
                      const Task& task) {
  if (before && after && *after < *before) {
    found.push_back(
        {.field = field,
         .detail = fmt::format("went back from {} to {} in task {}", *before, *after, shown_id(task.id))});
  }
}

}  // namespace

std::vector<Violation> check_row(const Task& task, Time at) {
  std::vector<Violation> found;
  check_count(found, "FinishCount", task.finish_count, task.total_count, task);
  check_count(found, "DetailTaskReadyCount", task.detail_task_ready_count, task.detail_task_total_count,
              task);
  check_past(found, "CreateTime", task.create_time, at, task);
  check_past(found, "StartTime", task.start_time, at, task);
  if (has_ended(task.status_code)) {
    check_past(found, "EndTime", task.end_time, at, task);
    if (task.start_time && task.end_time && *task.end_time < *task.start_time) {
      found.push_back(
          {.field = "EndTime", .detail = fmt::format("before StartTime in task {}", shown_id(task.id))});
    }
  }
  return found;
}

std::vector<Violation> check_step(const Task& before, const Task& after) {
  std::vector<Violation> found;
  if (before.status_code != after.status_code && !goes_forward(before.status_code, after.status_code)) {
    found.push_back({.field = "StatusCode",
                     .detail = fmt::format("went from {} to {} in task {}", before.status_code,
                                           after.status_code, shown_id(after.id))});
  }
  check_no_retreat(found, "FinishCount", before.finish_count, after.finish_count, after);
  check_no_retreat(found, "DetailTaskReadyCount", before.detail_task_ready_count,
                   after.detail_task_ready_count, after);
  if (before.type != after.type) {
    found.push_back({.field = "TaskType",
                     .detail = fmt::format("changed from {} to {} in task {}", before.type, after.type,
                                           shown_id(after.id))});
  }
  if (before.create_time && after.create_time && *before.create_time != *after.create_time) {
    found.push_back({.field = "CreateTime", .detail = fmt::format("changed in task {}", shown_id(after.id))});
  }
  return found;
}

}  // namespace sas::tasks
