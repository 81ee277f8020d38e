// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tasks and pages in one line, for tests that care about one or two of their fields.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tasks/observation.hpp"
#include "tasks/subtasks.hpp"
#include "tasks/task.hpp"
#include "tasks/task_table.hpp"

namespace sas::support {

constexpr Time kNoon{std::chrono::milliseconds{1'767'355'200'000}};  // 2026-01-02T12:00:00Z

class TaskBuilder {
 public:
  explicit TaskBuilder(std::string id) {
    task_.id = std::move(id);
    task_.type = "CHECK_ALL";
    task_.create_time = kNoon;
  }

  TaskBuilder& type(std::string type) { return task_.type = std::move(type), *this; }
  TaskBuilder& source(std::string source) { return task_.source = std::move(source), *this; }
  TaskBuilder& status(tasks::StatusCode code) { return task_.status_code = code, *this; }
  TaskBuilder& items(std::int64_t finished, std::int64_t total) {
    task_.finish_count = finished;
    task_.total_count = total;
    return *this;
  }
  TaskBuilder& subtasks(std::int64_t ready, std::int64_t total) {
    task_.detail_task_ready_count = ready;
    task_.detail_task_total_count = total;
    return *this;
  }
  TaskBuilder& created(Time at) { return task_.create_time = at, *this; }
  TaskBuilder& no_creation() { return task_.create_time.reset(), *this; }
  TaskBuilder& started(Time at) { return task_.start_time = at, *this; }
  TaskBuilder& ended(Time at) { return task_.end_time = at, *this; }

  operator tasks::Task() const {
    return task_;
  }  // NOLINT(google-explicit-constructor): it stands for the task

 private:
  tasks::Task task_;
};

inline TaskBuilder not_started(std::string id) {
  return TaskBuilder(std::move(id)).status(tasks::kNotStarted);
}
inline TaskBuilder running(std::string id) {
  return TaskBuilder(std::move(id)).status(tasks::kRunning);
}
inline TaskBuilder complete(std::string id) {
  return TaskBuilder(std::move(id)).status(tasks::kComplete);
}
inline TaskBuilder timed_out(std::string id) {
  return TaskBuilder(std::move(id)).status(tasks::kTimedOut);
}

/// Seen for the first time, and without a change since, at noon.
inline tasks::TrackedTask seen_at_noon(tasks::Task task) {
  return {.task = std::move(task),
          .first_seen = kNoon,
          .last_seen = kNoon,
          .items_progressed = kNoon,
          .subtasks_progressed = kNoon,
          .status_changed = kNoon,
          .seen_in = 1};
}

inline tasks::TrackedTask with_subtasks(tasks::TrackedTask tracked, tasks::SubtaskSummary summary) {
  tracked.subtasks = std::make_shared<const tasks::SubtaskSummary>(std::move(summary));
  return tracked;
}

/// A page that is the whole list.
inline tasks::Page page_of(std::vector<tasks::Task> rows, std::string request_id = "R-1") {
  tasks::Page page;
  page.request_id = std::move(request_id);
  page.current_page = 1;
  page.page_size = 100;
  page.total_count = static_cast<std::int64_t>(rows.size());
  page.count = page.total_count;
  page.tasks = std::move(rows);
  return page;
}

}  // namespace sas::support
