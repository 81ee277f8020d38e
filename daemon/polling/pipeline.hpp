// SPDX-License-Identifier: Apache-2.0
#pragma once
// What happens to each page that a poll reads: into the table, and what changed out to metrics, log and
// alerts. The only writer of a target's table.

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "alerts/dispatcher.hpp"
#include "policy/alert_rules.hpp"
#include "policy/alert_state.hpp"
#include "policy/shown_tasks.hpp"
#include "runtime/logging.hpp"
#include "tasks/diff.hpp"
#include "tasks/observation.hpp"
#include "tasks/task_table.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::polling {

struct PipelineLimits {
  policy::ShowLimits show;
  policy::AlertLimits alerts;
  Milliseconds lookback{};  // ended tasks are listed, and so remembered, for this long after their creation
};

class Pipeline {
 public:
  /// What it is given by reference must outlive it.
  Pipeline(std::string target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
           alerts::Dispatcher& dispatcher, runtime::Log& log);

  /// Begins a poll whose first page is asked for at `at`.
  tasks::Observation begin(Time at);

  /// Takes a page, at once: whatever becomes of the poll, what the page shows has been told.
  void take(tasks::Page page, const tasks::Observation& observation);

  /// Ids, to the letter, of the tasks that should have been on a page of the observation if it is the whole
  /// list.
  [[nodiscard]] std::vector<std::string> missing(const tasks::Observation& observation) const;

  /// Ends a poll that saw the whole list: only now alerts are judged and old tasks forgotten.
  void complete(const tasks::Observation& observation);

  /// A place where the answers as a whole break the contract.
  void violation(const tasks::Violation& violation);

  [[nodiscard]] const tasks::TaskTable& table() const { return table_; }
  [[nodiscard]] bool any_active() const { return any_active_; }

  /// Takes the task counts out of the metrics until the next complete poll: they are too old to be served.
  void forget_counts();

 private:
  void show(const std::vector<tasks::Slot>& updated);
  void count_tasks();
  void judge(const tasks::Observation& observation);
  void note_ends_of_baseline(const std::vector<tasks::Slot>& updated, Time at);

  PipelineLimits limits_;
  telemetry::TargetMetrics& metrics_;
  alerts::Dispatcher& dispatcher_;
  runtime::Log& log_;
  tasks::TaskTable table_;
  policy::AlertState alert_state_;
  std::uint64_t observations_ = 0;
  bool baseline_ = true;  // no complete poll yet
  bool any_active_ = false;
  bool counts_shown_ = false;
  std::string last_request_id_;
  std::set<std::string, std::less<>> told_violations_;  // fields that stand in the log already
};

}  // namespace sas::polling
