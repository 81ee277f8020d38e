// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an alert is: its kind, what it is about, what was seen, and how it is told that it fires and that it
// is over. Every sink and the state file speak of alerts in these words.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tasks/task_table.hpp"

namespace sas::policy {

enum class Alert : std::uint8_t {
  // Of a task
  timed_out,                // it ended by its time limit, and lately
  stalled,                  // it runs, and neither items nor subtasks move
  not_started,              // it was created, and does not start
  running_longer_than,      // it runs, and has for too long
  completed_with_failures,  // it completed lately, and some of its subtasks failed
  // Of a task type
  expected_check_missing,  // none of it has completed for too long
  // Of the target itself
  poll_failing,          // its list could not be read for some time
  credentials_expiring,  // its key is about to expire, and no new one can be had
  contract_drift,        // the service answers otherwise than it documents
};
inline constexpr std::array<Alert, 9> kAlerts{Alert::timed_out,
                                              Alert::stalled,
                                              Alert::not_started,
                                              Alert::running_longer_than,
                                              Alert::completed_with_failures,
                                              Alert::expected_check_missing,
                                              Alert::poll_failing,
                                              Alert::credentials_expiring,
                                              Alert::contract_drift};

enum class Severity : std::uint8_t { info, warning, critical };

std::string_view to_string(Alert alert);
std::string_view to_string(Severity severity);

Severity severity(Alert alert);

/// What Prometheus' rules and Alertmanager call it: `SasTaskStalled`.
std::string_view alertname(Alert alert);

/// Whether it can be judged only by who has seen the whole list of tasks.
bool needs_whole_list(Alert alert);

/// What was seen, as far as the alert is about it.
struct Evidence {
  std::optional<tasks::TrackedTask> tracked = {};  // the task, as last seen
  std::string task_type = {};                      // of expected_check_missing
  std::string cause = {};                          // of poll_failing: auth, permission, throttled, …
  std::string detail = {};                 // of poll_failing and contract_drift: what was wrong, in a line
  std::optional<Time> moment = {};         // when one last completed; when the key expires
  std::optional<Milliseconds> limit = {};  // the setting, or what was learned, that was passed

  /// Of a task that ended, where they have been read; else null.
  [[nodiscard]] const tasks::SubtaskSummary* subtasks() const {
    return tracked ? tracked->subtasks.get() : nullptr;
  }

  /// The task's type, or the type that the alert is about; empty where it is about neither.
  [[nodiscard]] const std::string& type() const { return tracked ? tracked->task.type : task_type; }
};

enum class AlertStatus : std::uint8_t { firing, resolved };

std::string_view to_string(AlertStatus status);

/// An alert begins or ceases to fire.
struct AlertChange {
  std::string target;
  Alert alert = Alert::timed_out;
  std::string subject;  // TaskId, to the letter; or the task type; empty: the target itself
  AlertStatus status = AlertStatus::firing;
  Evidence evidence;
  Time since;              // when it began to fire
  Time at;                 // when this was decided
  std::string request_id;  // of the last answer that was read before the decision
};

struct FiringAlert {
  Alert alert = Alert::timed_out;
  std::string subject;
  Evidence evidence;  // as last seen
  Time since;
};

}  // namespace sas::policy
