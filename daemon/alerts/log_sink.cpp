// SPDX-License-Identifier: Apache-2.0
#include "alerts/log_sink.hpp"

#include <utility>
#include <variant>
#include <vector>

#include "policy/alert_words.hpp"
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

void add_text(std::vector<Field>& fields, std::string_view key, const std::string& value) {
  if (!value.empty()) fields.emplace_back(key, value);
}

// How long the task ran, or has been running or waiting.
std::optional<Milliseconds> duration_of(const tasks::TrackedTask& tracked, Time at) {
  if (tasks::has_ended(tracked.task.status_code))
    return tasks::run_duration(tracked.task, tracked.status_changed);
  return tasks::running_for(tracked.task, tracked.first_seen, at);
}

// Texts that are made for the line; fields only point to them.
struct Made {
  explicit Made(const policy::Evidence& evidence)
      : failed(evidence.subtasks() == nullptr ? std::string() : policy::name_failed(*evidence.subtasks())),
        moment(evidence.moment ? format_seconds(*evidence.moment) : std::string()) {}

  std::string failed;
  std::string moment;
};

void add_evidence(std::vector<Field>& fields, const policy::AlertChange& change, const Made& made) {
  const policy::Evidence& evidence = change.evidence;
  if (evidence.tracked) {
    const tasks::TrackedTask& tracked = *evidence.tracked;
    add_task(fields, change.target, tracked.task);
    fields.emplace_back("status", tasks::status_name(tracked.task.status_code));
    add_progress(fields, tracked.task);
    add_seconds(fields, "duration_seconds", duration_of(tracked, change.at));
  } else {
    fields.emplace_back("target", change.target);
    add_text(fields, "task_type", evidence.task_type);
  }
  if (const tasks::SubtaskSummary* subtasks = evidence.subtasks()) {
    fields.emplace_back("subtasks_failed", subtasks->failures());
    add_text(fields, "failed", made.failed);
  }
  add_text(fields, "cause", evidence.cause);
  add_text(fields, "detail", evidence.detail);
  add_text(fields, policy::moment_name(change.alert), made.moment);
  add_seconds(fields, "limit_seconds", evidence.limit);
}

class LogSink final : public Sink {
 public:
  LogSink(std::string name, telemetry::Registry& registry, runtime::Log& log)
      : name_(std::move(name)), registry_(registry), log_(log) {
    registry_.knows_sink(name_);
  }

  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] bool wants(const policy::Event&) const override { return true; }

  void tell(std::string_view target, const policy::Event& event, Taken taken) override {
    if (const auto* transition = std::get_if<tasks::Transition>(&event)) {
      write(target, *transition);
    } else {
      write(std::get<policy::AlertChange>(event));
    }
    registry_.notification(name_, "ok");
    taken();
  }

  void recall(std::string_view, const policy::FiringAlert&) override {}
  asio::awaitable<void> run() override { co_return; }
  [[nodiscard]] bool is_idle() const override { return true; }

 private:
  void write(std::string_view target, const tasks::Transition& transition) {
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
  }

  void write(const policy::AlertChange& change) {
    const bool firing = change.status == policy::AlertStatus::firing;
    const Made made(change.evidence);
    std::vector<Field> fields;
    fields.emplace_back("alert", policy::to_string(change.alert));
    fields.emplace_back("severity", policy::to_string(policy::severity(change.alert)));
    add_evidence(fields, change, made);
    if (!firing) add_seconds(fields, "fired_for_seconds", change.at - change.since);
    fields.emplace_back("request_id", change.request_id);
    log_.write(firing ? runtime::Level::warn : runtime::Level::info,
               firing ? "alert firing" : "alert resolved", fields);
  }

  std::string name_;
  telemetry::Registry& registry_;
  runtime::Log& log_;
};

}  // namespace

std::unique_ptr<Sink> make_log_sink(std::string name, telemetry::Registry& registry, runtime::Log& log) {
  return std::make_unique<LogSink>(std::move(name), registry, log);
}

}  // namespace sas::alerts
