// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which alerts are firing, so that each is told once when it begins and once when it ends.

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/alert_rules.hpp"
#include "tasks/task_table.hpp"

namespace sas::policy {

enum class AlertStatus : std::uint8_t { firing, resolved };

std::string_view to_string(AlertStatus status);

struct AlertChange {
  std::string target;
  Alert alert = Alert::timed_out;
  AlertStatus status = AlertStatus::firing;
  tasks::TrackedTask tracked;  // as last seen
  Time since;                  // when it began to fire
  Time at;                     // when this was decided
  std::string request_id;      // of the last answer that was read before the decision
};

struct FiringAlert {
  Alert alert = Alert::timed_out;
  tasks::TrackedTask tracked;  // as last seen
  Time since;
};

class AlertState {
 public:
  using ByTask = std::map<std::pair<std::string, Alert>, FiringAlert>;  // by TaskId

  /// Judges every task of the table. Call it only after a complete poll asked for at `now`: what was not seen
  /// may have moved.
  std::vector<AlertChange> update(const tasks::TaskTable& table, const AlertLimits& limits, Time now,
                                  const std::string& request_id);

  [[nodiscard]] std::size_t firing(Alert alert) const;

  /// All that fire, for remembering across a restart; restore() puts them back without telling anybody.
  [[nodiscard]] const ByTask& firing() const { return firing_; }
  void restore(std::vector<FiringAlert> firing);

 private:
  ByTask firing_;
};

}  // namespace sas::policy
