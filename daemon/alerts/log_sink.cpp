// SPDX-License-Identifier: Apache-2.0
#include "alerts/log_sink.hpp"

#include <vector>

#include "tasks/durations.hpp"

namespace sas::alerts {
namespace {

using runtime::Field;

void add_number(std::vector<Field>& fields, std::string_view key, const std::optional<std::int64_t>& value) {
  if (value) fields.emplace_back(key, *value);
}

void add_seconds(std::vector<Field>& fields, std::string_view key, const std::optional<Milliseconds>& value) {
  if (value) fields.emplace_back(key, static_cast<double>(value->count()) / 1000.0);
}

void add_task(std::vector<Field>& fields, std::string_view target, const tasks::Task& task) {
  fields.emplace_back("target", target);
  fields.emplace_back("task_id", tasks::shown_id(task.id));
  fields.emplace_back("task_type", task.type);
}

void add_progress(std::vector<Field>& fields, const tasks::Task& task) {
  add_number(fields, "items_finished", task.finish_count);
  add_number(fields, "items", task.total_count);
  add_number(fields, "subtasks_ready", task.detail_task_ready_count);
  add_number(fields, "subtasks", task.detail_task_total_count);
}

class LogSink : public Sink {
 public:
  LogSink(telemetry::Registry& registry, runtime::Log& log) : registry_(registry), log_(log) {}

  void tell(std::string_view target, const tasks::Transition& transition) override {
    std::vector<Field> fields;
    add_task(fields, target, transition.task);
    fields.emplace_back("from", tasks::status_name(transition.from));
    fields.emplace_back("to", tasks::status_name(transition.to));
    fields.emplace_back("observed", tasks::to_string(transition.observed));
    add_progress(fields, transition.task);
    add_seconds(fields, "duration_seconds", transition.duration);
    fields.emplace_back("request_id", transition.request_id);
    log_.write(transition.to == tasks::kTimedOut ? runtime::Level::warn : runtime::Level::info,
               "task transition", fields);
    registry_.notification("log", "ok");
  }

  void tell(const policy::AlertChange& change) override {
    const bool firing = change.status == policy::AlertStatus::firing;
    const tasks::TrackedTask& tracked = change.tracked;
    std::vector<Field> fields;
    fields.emplace_back("alert", policy::to_string(change.alert));
    add_task(fields, change.target, tracked.task);
    fields.emplace_back("status", tasks::status_name(tracked.task.status_code));
    add_progress(fields, tracked.task);
    add_seconds(fields, "duration_seconds", duration_of(change));
    if (!firing) add_seconds(fields, "fired_for_seconds", change.at - change.since);
    fields.emplace_back("request_id", change.request_id);
    log_.write(firing ? runtime::Level::warn : runtime::Level::info,
               firing ? "alert firing" : "alert resolved", fields);
    registry_.notification("log", "ok");
  }

 private:
  // How long the task ran, or has been running or waiting.
  static std::optional<Milliseconds> duration_of(const policy::AlertChange& change) {
    const tasks::TrackedTask& tracked = change.tracked;
    if (tasks::has_ended(tracked.task.status_code))
      return tasks::run_duration(tracked.task, tracked.status_changed);
    return tasks::running_for(tracked.task, tracked.first_seen, change.at);
  }

  telemetry::Registry& registry_;
  runtime::Log& log_;
};

}  // namespace

std::unique_ptr<Sink> make_log_sink(telemetry::Registry& registry, runtime::Log& log) {
  return std::make_unique<LogSink>(registry, log);
}

}  // namespace sas::alerts
