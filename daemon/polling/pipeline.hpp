// SPDX-License-Identifier: Apache-2.0
#pragma once
// What happens to each page that a poll reads: into the table, and what changed out to metrics, log and
// alerts. The only writer of a target's table.
//
// What is to be told is gathered as news and handed out by deliver(): in between the state can be written
// down, so that a process that dies has either told a thing or knows that it still has to.

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "alerts/dispatcher.hpp"
#include "base/target.hpp"
#include "policy/key_health.hpp"
#include "policy/poll_failure.hpp"
#include "policy/shown_tasks.hpp"
#include "policy/target_alerts.hpp"
#include "policy/window.hpp"
#include "polling/outbox.hpp"
#include "runtime/logging.hpp"
#include "snapshot/target_state.hpp"
#include "tasks/diff.hpp"
#include "tasks/observation.hpp"
#include "tasks/subtasks.hpp"
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
  Pipeline(const Target& target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
           alerts::Dispatcher& dispatcher, const policy::KeyHealth& key, runtime::Log& log);

  /// Goes on from where an earlier process stopped. Before the first poll, or not at all.
  void restore(snapshot::TargetState state);

  /// Other filters or limits, from the next poll on; name and endpoint stay. Not during a poll.
  void change(const Target& target, const PipelineLimits& limits);

  /// Begins a poll whose first page is asked for at `at`.
  tasks::Observation begin(Time at);

  /// The lower bound of creation for the observation's list of all states.
  [[nodiscard]] Time list_since(const tasks::Observation& observation) const;

  /// Takes a page, at once: whatever becomes of the poll, what the page shows will be told.
  void take(tasks::Page page, const tasks::Observation& observation);

  /// Ids, to the letter, of the tasks that should have been on a page of the observation if it is the whole
  /// list.
  [[nodiscard]] std::vector<std::string> missing(const tasks::Observation& observation) const;

  /// Ends a poll that saw the whole list, and asked for what was missing in it: only now tasks vanish and old
  /// tasks are forgotten. Not `settled`: the list contradicts itself, and what it lacks may still turn up, so
  /// it is no baseline, and the next window reaches as far back as this one.
  void complete(const tasks::Observation& observation, bool settled);

  /// Ends a poll, begun at `at`, that did not see the whole list.
  void fail(Time at, std::optional<policy::PollFailure> failure, std::string detail);

  /// What the subtasks of a task that ended came to.
  void take_subtasks(const std::string& task_id, tasks::SubtaskSummary summary);

  /// Judges the alerts, when the poll that began at `at` has ended either way.
  void judge(Time at);

  /// A place where the answers as a whole break the contract.
  void violation(const tasks::Violation& violation);

  [[nodiscard]] const tasks::TaskTable& table() const { return table_; }
  /// How many tasks were not started or running when last a poll saw the whole list.
  [[nodiscard]] std::size_t active() const { return active_; }
  [[nodiscard]] bool any_absent() const { return any_absent_; }

  /// Something is different from what was saved last, news that is to be told included.
  [[nodiscard]] bool unsaved() const { return unsaved_; }
  void set_unsaved(bool unsaved) { unsaved_ = unsaved; }

  // What there is to remember besides the table.
  [[nodiscard]] snapshot::TargetMark mark() const;
  [[nodiscard]] const policy::TargetAlerts& alerts() const { return alerts_; }
  [[nodiscard]] const Outbox& outbox() const { return outbox_; }

  /// Hands out news; see Outbox::deliver().
  void deliver(std::size_t most, const Outbox::Told& told) { outbox_.deliver(most, told); }

  /// Takes the task counts out of the metrics until the next complete poll: they are too old to be served.
  void forget_counts();

 private:
  void gather(tasks::Changes changes, const tasks::Observation& observation);
  void show(const std::vector<tasks::Slot>& updated);
  void choose_shown(Time at);
  void count_tasks();
  void hint_at_empty(const tasks::Observation& observation);
  void count_firing();
  void show_past_end(const tasks::Task& task, Time at);
  void note_past_end(const tasks::Task& task, Time at);

  PipelineLimits limits_;
  telemetry::TargetMetrics& metrics_;
  alerts::Dispatcher& dispatcher_;
  const policy::KeyHealth& key_;
  runtime::Log& log_;
  Target target_;
  tasks::TaskTable table_;
  policy::TargetAlerts alerts_;
  Outbox outbox_;
  policy::Covered covered_;
  std::uint64_t observations_ = 0;
  std::size_t active_ = 0;
  bool any_absent_ = false;
  bool counts_shown_ = false;
  bool unsaved_ = false;
  Time observed_at_;  // when the last poll began
  std::string last_request_id_;
  std::set<std::string, std::less<>> told_violations_;  // fields that stand in the log already
};

}  // namespace sas::polling
