// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_text.hpp"

#include <cstdint>
#include <optional>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "policy/alert_words.hpp"
#include "tasks/durations.hpp"

namespace sas::policy {
namespace {

std::string limit_of(const Evidence& evidence) {
  return evidence.limit ? fmt::format(" The limit is {}.", lasting(*evidence.limit)) : std::string();
}

std::string count(std::uint64_t number, std::string_view what) {
  return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

std::string the_task(const AlertChange& change) {
  return name_task(change.subject, change.evidence.type(), change.target);
}

std::optional<std::string> parts(const std::optional<std::int64_t>& done,
                                 const std::optional<std::int64_t>& all, std::string_view what) {
  if (done && all) return fmt::format("{} of {} {}", *done, *all, what);
  if (done) return fmt::format("{} {}", *done, what);
  return std::nullopt;
}

std::string summarize(const AlertChange& change) {
  const Evidence& evidence = change.evidence;
  switch (change.alert) {
    case Alert::timed_out:
      return the_task(change) + " timed out";
    case Alert::stalled:
      return the_task(change) + " makes no progress";
    case Alert::not_started:
      return the_task(change) + " does not start";
    case Alert::running_longer_than:
      return the_task(change) + " runs for too long";
    case Alert::completed_with_failures:
      return the_task(change) + " completed with failed subtasks";
    case Alert::expected_check_missing:
      return fmt::format("No {} of {} has completed{}", evidence.type(), change.target,
                         evidence.limit ? " within " + lasting(*evidence.limit) : " for too long");
    case Alert::poll_failing:
      return fmt::format("The tasks of {} cannot be read", change.target);
    case Alert::credentials_expiring:
      return fmt::format("The key of {} expires, and there is no new one", change.target);
    case Alert::contract_drift:
      return fmt::format("Security Center does not answer {} as it documents", change.target);
  }
  return std::string(alertname(change.alert));
}

// After other sentences.
std::string and_progress(const tasks::Task& task) {
  const std::string done = progress(task);
  return done.empty() ? std::string() : ' ' + done;
}

std::string failures(const Evidence& evidence) {
  const tasks::SubtaskSummary* const subtasks = evidence.subtasks();
  if (subtasks == nullptr || subtasks->failures() == 0) return {};
  const std::uint64_t failed = subtasks->failures();
  std::string text = fmt::format(" {} failed", count(failed, "subtask"));
  if (const std::string named = name_failed(*subtasks); !named.empty()) {
    const bool all = subtasks->failed.size() == failed;
    text += fmt::format("{}: {}", all ? "" : ", the first of them", named);
  }
  return text + '.';
}

std::string ended(const tasks::TrackedTask& tracked) {
  const Time end = tracked.task.end_time.value_or(tracked.status_changed);
  const auto ran = tasks::run_duration(tracked.task, tracked.status_changed);
  return fmt::format("It ended at {}{}.", format_seconds(end), ran ? ", after " + lasting(*ran) : "");
}

std::string describe_task(const AlertChange& change, const tasks::TrackedTask& tracked) {
  const Milliseconds so_far = tasks::running_for(tracked.task, tracked.first_seen, change.at);
  std::string text;
  switch (change.alert) {
    case Alert::stalled:
      text =
          fmt::format("Neither its items nor its subtasks have moved since {}; it has been running for {}.",
                      format_seconds(tracked.last_progress()), lasting(so_far));
      break;
    case Alert::not_started:
      text = fmt::format("It was created at {} and has not started.",
                         format_seconds(tracked.task.create_time.value_or(tracked.first_seen)));
      break;
    case Alert::running_longer_than:
      text = fmt::format("It has been running for {}.", lasting(so_far));
      break;
    default:
      text = ended(tracked);
  }
  return text + limit_of(change.evidence) + and_progress(tracked.task) + failures(change.evidence);
}

std::string describe_expected(const Evidence& evidence) {
  const std::string last =
      evidence.moment ? fmt::format("The last one completed at {}.", format_seconds(*evidence.moment))
                      : std::string("None has completed since it is watched.");
  return last + limit_of(evidence);
}

std::string describe_polls(const AlertChange& change) {
  const Evidence& evidence = change.evidence;
  std::string text =
      fmt::format("No poll has completed since {}.", format_seconds(evidence.moment.value_or(change.since)));
  if (!evidence.cause.empty()) text += fmt::format(" Cause: {}.", evidence.cause);
  if (!evidence.detail.empty()) text += fmt::format(" {}.", evidence.detail);
  return text;
}

std::string describe_key(const AlertChange& change) {
  if (!change.evidence.moment) return "No new key could be had.";
  const bool is_over = *change.evidence.moment <= change.at;
  return fmt::format("It {} at {}, and no new one could be had.", is_over ? "expired" : "expires",
                     format_seconds(*change.evidence.moment));
}

std::string describe_drift(const Evidence& evidence) {
  std::string text = fmt::format("What does not fit: {}.", evidence.detail);
  if (evidence.moment) text += fmt::format(" Last seen at {}.", format_seconds(*evidence.moment));
  return text;
}

std::string describe_firing(const AlertChange& change) {
  const Evidence& evidence = change.evidence;
  if (evidence.tracked) return describe_task(change, *evidence.tracked);
  switch (change.alert) {
    case Alert::expected_check_missing:
      return describe_expected(evidence);
    case Alert::poll_failing:
      return describe_polls(change);
    case Alert::credentials_expiring:
      return describe_key(change);
    case Alert::contract_drift:
      return describe_drift(evidence);
    default:
      return fmt::format("It fires since {}.", format_seconds(change.since));
  }
}

std::string describe_resolved(const AlertChange& change) {
  std::string text = fmt::format("It fired from {} to {}, for {}.", format_seconds(change.since),
                                 format_seconds(change.at), lasting(change.at - change.since));
  if (change.evidence.tracked) {
    const tasks::Task& task = change.evidence.tracked->task;
    text += fmt::format(" The task was last seen as {}.{}", tasks::status_name(task.status_code),
                        and_progress(task));
  }
  return text;
}

}  // namespace

std::string name_task(std::string_view id, std::string_view type, std::string_view target) {
  const std::string of_type = type.empty() ? std::string() : fmt::format(" ({})", type);
  return fmt::format("Task {}{} of {}", tasks::shown_id(id), of_type, target);
}

std::string progress(const tasks::Task& task) {
  const auto items = parts(task.finish_count, task.total_count, "items");
  const auto subtasks = parts(task.detail_task_ready_count, task.detail_task_total_count, "subtasks");
  if (!items && !subtasks) return {};
  const std::string_view between = items && subtasks ? " and " : "";
  return fmt::format("Done: {}{}{}.", items.value_or(""), between, subtasks.value_or(""));
}

std::string lasting(Milliseconds duration) {
  if (duration < std::chrono::seconds{1}) return format_duration(duration);
  return format_duration(std::chrono::floor<std::chrono::seconds>(duration));
}

Wording describe(const AlertChange& change) {
  if (change.status == AlertStatus::resolved)
    return {.summary = "Resolved: " + summarize(change), .description = describe_resolved(change)};
  return {.summary = summarize(change), .description = describe_firing(change)};
}

std::vector<std::pair<std::string, std::string>> labels(const AlertChange& change) {
  std::vector<std::pair<std::string, std::string>> all{
      {"alertname", std::string(alertname(change.alert))},
      {"severity", std::string(to_string(severity(change.alert)))},
      {"target", change.target}};
  if (change.evidence.tracked) all.emplace_back("task_id", tasks::shown_id(change.subject));
  if (const std::string& type = change.evidence.type(); !type.empty()) all.emplace_back("task_type", type);
  return all;
}

std::string runbook_url(std::string_view prefix, Alert alert) {
  return prefix.empty() ? std::string() : fmt::format("{}{}.md", prefix, alertname(alert));
}

AlertChange began(std::string_view target, const FiringAlert& alert) {
  return {.target = std::string(target),
          .alert = alert.alert,
          .subject = alert.subject,
          .status = AlertStatus::firing,
          .evidence = alert.evidence,
          .since = alert.since,
          .at = alert.since,
          .request_id = {}};
}

}  // namespace sas::policy
