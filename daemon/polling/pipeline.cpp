// SPDX-License-Identifier: Apache-2.0
#include "polling/pipeline.hpp"

#include <utility>

#include <boost/unordered/unordered_flat_set.hpp>

#include "tasks/census.hpp"

namespace sas::polling {

Pipeline::Pipeline(std::string target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
                   alerts::Dispatcher& dispatcher, runtime::Log& log)
    : limits_(limits), metrics_(metrics), dispatcher_(dispatcher), log_(log), table_(std::move(target)) {}

tasks::Observation Pipeline::begin(Time at) {
  return {.number = ++observations_,
          .at = at,
          .telling = baseline_ ? tasks::Telling::baseline : tasks::Telling::changes};
}

void Pipeline::take(tasks::Page page, const tasks::Observation& observation) {
  last_request_id_ = page.request_id;
  const tasks::Changes changes = tasks::apply(table_, std::move(page), observation);
  for (const tasks::Transition& transition : changes.transitions) {
    dispatcher_.tell(table_.target(), transition);
    metrics_.transition(transition.task.type, tasks::status_name(transition.from),
                        tasks::status_name(transition.to), tasks::to_string(transition.observed));
    if (tasks::has_ended(transition.to)) {
      metrics_.task_ended(transition.task.type, tasks::status_name(transition.to), transition.duration,
                          transition.task.end_time.value_or(transition.seen_at));
    }
  }
  if (observation.telling == tasks::Telling::baseline) note_ends_of_baseline(changes.updated, observation.at);
  for (const tasks::Violation& found : changes.violations)
    violation(found);
  show(changes.updated);
}

std::vector<std::string> Pipeline::missing(const tasks::Observation& observation) const {
  std::vector<std::string> ids;
  for (const tasks::Slot slot : tasks::missing(table_, observation))
    ids.push_back(table_.at(slot).task.id);
  return ids;
}

void Pipeline::complete(const tasks::Observation& observation) {
  baseline_ = false;
  tasks::forget(table_, observation.at - limits_.lookback, observation);
  const policy::ShownTasks choice = policy::choose_shown(table_, limits_.show, observation.at);
  const boost::unordered_flat_set<tasks::Slot> chosen(choice.shown.begin(), choice.shown.end());
  table_.for_each([&](tasks::Slot slot, const tasks::TrackedTask&) {
    if (!chosen.contains(slot)) {
      table_.hide(slot);
    } else if (!table_.is_shown(slot)) {
      table_.show(slot);
    }
  });
  metrics_.set_series_dropped(choice.dropped);
  count_tasks();
  judge(observation);
}

void Pipeline::violation(const tasks::Violation& violation) {
  metrics_.violation(violation.field, violation.count);
  const bool is_new = told_violations_.insert(violation.field).second;
  const std::initializer_list<runtime::Field> fields{{"target", table_.target()},
                                                     {"field", violation.field},
                                                     {"detail", violation.detail},
                                                     {"request_id", last_request_id_}};
  log_.write(is_new ? runtime::Level::warn : runtime::Level::debug, "answer breaks the documented contract",
             {fields.begin(), fields.size()});
}

void Pipeline::forget_counts() {
  if (std::exchange(counts_shown_, false)) metrics_.forget_tasks();
}

// Between complete polls what is shown follows the changes; who is to be shown is decided with the whole list
// at hand.
void Pipeline::show(const std::vector<tasks::Slot>& updated) {
  for (const tasks::Slot slot : updated) {
    if (table_.is_shown(slot)) table_.show(slot);
  }
}

void Pipeline::count_tasks() {
  const tasks::Census census = tasks::count(table_);
  any_active_ = census.active > 0;
  counts_shown_ = true;
  metrics_.set_tasks(census);
}

void Pipeline::judge(const tasks::Observation& observation) {
  const auto changes = alert_state_.update(table_, limits_.alerts, observation.at, last_request_id_);
  for (const policy::AlertChange& change : changes)
    dispatcher_.tell(change);
  for (const policy::Alert alert : policy::kAlerts) {
    metrics_.set_alerts_firing(policy::to_string(alert), alert_state_.firing(alert));
  }
}

// Nothing is told for what had already happened, but when it happened is worth knowing.
void Pipeline::note_ends_of_baseline(const std::vector<tasks::Slot>& updated, Time at) {
  for (const tasks::Slot slot : updated) {
    const tasks::Task& task = table_.at(slot).task;
    if (tasks::has_ended(task.status_code) && task.end_time && *task.end_time <= at) {
      metrics_.task_ended(task.type, tasks::status_name(task.status_code), std::nullopt, *task.end_time);
    }
  }
}

}  // namespace sas::polling
