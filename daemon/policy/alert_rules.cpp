// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_rules.hpp"

#include "tasks/durations.hpp"

namespace sas::policy {
namespace {

bool reached(Milliseconds elapsed, Milliseconds limit) {
  return limit > Milliseconds{0} && elapsed >= limit;
}

}  // namespace

std::string_view to_string(Alert alert) {
  switch (alert) {
    case Alert::timed_out:
      return "timed_out";
    case Alert::stalled:
      return "stalled";
    case Alert::not_started:
      return "not_started";
    case Alert::running_longer_than:
      return "running_longer_than";
  }
  return "timed_out";
}

std::vector<Alert> holding(const tasks::TrackedTask& tracked, const AlertLimits& limits, Time now) {
  std::vector<Alert> alerts;
  switch (tracked.task.status_code) {
    case tasks::kTimedOut:
      if (now - tracked.task.end_time.value_or(tracked.status_changed) < limits.timed_out_for) {
        alerts.push_back(Alert::timed_out);
      }
      break;
    case tasks::kNotStarted:
      if (reached(now - tracked.task.create_time.value_or(tracked.first_seen), limits.not_started_after)) {
        alerts.push_back(Alert::not_started);
      }
      break;
    case tasks::kRunning:
      if (reached(now - tracked.last_progress(), limits.stalled_after)) alerts.push_back(Alert::stalled);
      if (reached(tasks::running_for(tracked.task, tracked.first_seen, now), limits.running_longer_than)) {
        alerts.push_back(Alert::running_longer_than);
      }
      break;
    default:
      break;
  }
  return alerts;
}

}  // namespace sas::policy
