// SPDX-License-Identifier: Apache-2.0
#include "tasks/diff.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "tasks/contract.hpp"
#include "tasks/durations.hpp"

namespace sas::tasks {
namespace {

void append(std::vector<Violation>& to, std::vector<Violation>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// How far a life has come, to tell the staler of two rows of one task on shifting pages.
int stage(StatusCode code) {
  switch (code) {
    case kNotStarted:
      return 0;
    case kRunning:
      return 1;
    case kTimedOut:
      return 2;  // may still complete
    case kComplete:
      return 3;
    default:
      return 1;
  }
}

bool is_staler(const Task& row, const Task& known) {
  if (stage(row.status_code) != stage(known.status_code))
    return stage(row.status_code) < stage(known.status_code);
  return row.finish_count.value_or(0) < known.finish_count.value_or(0) ||
         row.detail_task_ready_count.value_or(0) < known.detail_task_ready_count.value_or(0);
}

struct Step {
  StatusCode from;
  StatusCode to;
  Observed observed;
};

// Who has ended has been running before, but for a task that timed out while it was waiting: it never got a
// StartTime.
bool has_been_running(const Task& task) {
  return task.status_code == kRunning || task.status_code == kComplete ||
         (task.status_code == kTimedOut && task.start_time);
}

// The steps of a task that was last seen as `from`: where it skipped running, that is filled in.
std::vector<Step> steps_between(StatusCode from, const Task& task) {
  const StatusCode to = task.status_code;
  if (from == to) return {};
  if (from == kNotStarted && has_ended(to) && has_been_running(task)) {
    return {{kNotStarted, kRunning, Observed::inferred}, {kRunning, to, Observed::direct}};
  }
  return {{from, to, Observed::direct}};
}

// The steps of a task that was never seen before: all of them happened unseen. An unknown state says nothing
// about the way to it.
std::vector<Step> steps_unseen(const Task& task) {
  std::vector<Step> steps;
  const bool ran = has_been_running(task);
  if (ran) steps.push_back({kNotStarted, kRunning, Observed::inferred});
  if (has_ended(task.status_code)) {
    steps.push_back({ran ? kRunning : kNotStarted, task.status_code, Observed::inferred});
  }
  return steps;
}

class PageApplication {
 public:
  PageApplication(TaskTable& table, const Observation& observation, std::string request_id)
      : table_(table), observation_(observation), request_id_(std::move(request_id)) {}

  void apply(Task&& row) {
    if (const std::optional<Slot> slot = table_.find(row.id)) {
      update(*slot, std::move(row));
    } else {
      add(std::move(row));
    }
  }

  Changes take() { return std::move(changes_); }

 private:
  void add(Task&& row) {
    append(changes_.violations, check_row(row, observation_.at));
    if (observation_.telling == Telling::changes) tell(row, steps_unseen(row));
    const Time at = observation_.at;
    changes_.updated.push_back(table_.insert({.task = std::move(row),
                                              .first_seen = at,
                                              .last_seen = at,
                                              .items_progressed = at,
                                              .subtasks_progressed = at,
                                              .status_changed = at,
                                              .seen_in = observation_.number}));
  }

  void update(Slot slot, Task&& row) {
    TrackedTask& tracked = table_.edit(slot);
    const bool seen_before = std::exchange(tracked.seen_in, observation_.number) == observation_.number;
    tracked.last_seen = observation_.at;
    tracked.absences = 0;
    if (tracked.task == row || (seen_before && is_staler(row, tracked.task))) return;
    append(changes_.violations, check_row(row, observation_.at));
    append(changes_.violations, check_step(tracked.task, row));
    if (tracked.task.finish_count != row.finish_count) tracked.items_progressed = observation_.at;
    if (tracked.task.detail_task_ready_count != row.detail_task_ready_count) {
      tracked.subtasks_progressed = observation_.at;
    }
    if (tracked.task.status_code != row.status_code) {
      tracked.status_changed = observation_.at;
      tracked.subtasks.reset();  // they belong to the end that it had come to
      tell(row, steps_between(tracked.task.status_code, row));
    }
    // What a row is labelled with is fixed when it is first shown.
    const bool relabel =
        table_.is_shown(slot) && (tracked.task.type != row.type || tracked.task.source != row.source);
    tracked.task = std::move(row);
    if (relabel) {
      table_.hide(slot);
      table_.show(slot);
    }
    changes_.updated.push_back(slot);
  }

  void tell(const Task& task, const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      Transition transition{.task = task,
                            .from = step.from,
                            .to = step.to,
                            .observed = step.observed,
                            .seen_at = observation_.at,
                            .duration = std::nullopt,
                            .request_id = request_id_};
      if (has_ended(step.to)) transition.duration = run_duration(task, observation_.at);
      changes_.transitions.push_back(std::move(transition));
    }
  }

  TaskTable& table_;
  const Observation& observation_;
  std::string request_id_;
  Changes changes_;
};

}  // namespace

Changes apply(TaskTable& table, Page page, const Observation& observation) {
  PageApplication application(table, observation, std::move(page.request_id));
  for (Task& row : page.tasks)
    application.apply(std::move(row));
  Changes changes = application.take();
  append(changes.violations, std::move(page.violations));
  return changes;
}

std::vector<Slot> missing(const TaskTable& table, const Observation& observation) {
  std::vector<Slot> slots;
  table.for_each([&](Slot slot, const TrackedTask& tracked) {
    const StatusCode code = tracked.task.status_code;
    const bool awaited = !has_ended(code) && code != kVanished;
    if (awaited && tracked.seen_in != observation.number) slots.push_back(slot);
  });
  return slots;
}

Changes note_absences(TaskTable& table, const Observation& observation) {
  Changes changes;
  for (const Slot slot : missing(table, observation)) {
    TrackedTask& tracked = table.edit(slot);
    if (++tracked.absences < kAbsencesToVanish) continue;
    const StatusCode from = std::exchange(tracked.task.status_code, kVanished);
    tracked.status_changed = observation.at;
    tracked.subtasks.reset();
    changes.transitions.push_back({.task = tracked.task,
                                   .from = from,
                                   .to = kVanished,
                                   .observed = Observed::inferred,
                                   .seen_at = observation.at,
                                   .duration = std::nullopt,
                                   .request_id = {}});
    changes.updated.push_back(slot);
  }
  return changes;
}

std::size_t forget(TaskTable& table, Time before, const Observation& observation) {
  std::vector<Slot> gone;
  table.for_each([&](Slot slot, const TrackedTask& tracked) {
    const bool over = has_ended(tracked.task.status_code) || tracked.task.status_code == kVanished;
    const Time last_sign = std::max(tracked.last_seen, tracked.status_changed);
    if (over && last_sign < before && tracked.seen_in != observation.number) gone.push_back(slot);
  });
  for (const Slot slot : gone)
    table.erase(slot);
  return gone.size();
}

}  // namespace sas::tasks
