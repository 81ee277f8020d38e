// SPDX-License-Identifier: Apache-2.0
#include "polling/pipeline.hpp"

#include <utility>

#include "policy/empty_listing.hpp"
#include "tasks/census.hpp"
#include "tasks/durations.hpp"

namespace sas::polling {
Pipeline::Pipeline(const Target& target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
                   alerts::Dispatcher& dispatcher, const policy::KeyHealth& key, runtime::Log& log)
    : limits_(limits),
      metrics_(metrics),
      dispatcher_(dispatcher),
      key_(key),
      log_(log),
      target_(target),
      table_(target.name),
      alerts_(limits.alerts, target.task_types),
      outbox_(target.name, dispatcher, metrics) {}

void Pipeline::restore(snapshot::TargetState state) {
  covered_ = {.last_complete = state.mark.last_complete, .since = state.mark.listed_since};
  for (tasks::TrackedTask& tracked : state.tasks) {
    show_past_end(tracked.task, tracked.last_seen);
    table_.insert(std::move(tracked));
  }
  for (const auto& [type, history] : state.runs) {
    if (history.last_completed)
      metrics_.task_ended(type, tasks::status_name(tasks::kComplete), std::nullopt, *history.last_completed);
  }
  for (const policy::FiringAlert& alert : state.alerts)
    dispatcher_.recall(table_.target(), alert);
  alerts_.restore(state.mark.watched_since, std::move(state.runs), std::move(state.alerts));
  count_firing();
  outbox_.restore(std::move(state.untold), state.mark.last_number);
}

void Pipeline::change(const Target& target, const PipelineLimits& limits) {
  target_ = target;
  limits_ = limits;
  alerts_.change(limits.alerts, target.task_types);
}

snapshot::TargetMark Pipeline::mark() const {
  return {.target = table_.target(),
          .endpoint = target_.endpoint,
          .last_complete = covered_.last_complete,
          .listed_since = covered_.since,
          .watched_since = alerts_.watched_since(),
          .last_number = outbox_.last_number()};
}

tasks::Observation Pipeline::begin(Time at) {
  observed_at_ = at;
  return {.number = ++observations_,
          .at = at,
          .telling = covered_.last_complete ? tasks::Telling::changes : tasks::Telling::baseline};
}

Time Pipeline::list_since(const tasks::Observation& observation) const {
  return policy::window_start(limits_.lookback, covered_, observation.at);
}

void Pipeline::take(tasks::Page page, const tasks::Observation& observation) {
  last_request_id_ = page.request_id;
  gather(tasks::apply(table_, std::move(page), observation), observation);
}

void Pipeline::gather(tasks::Changes changes, const tasks::Observation& observation) {
  unsaved_ |= !changes.updated.empty() || !changes.transitions.empty();
  for (tasks::Transition& transition : changes.transitions) {
    if (transition.to == tasks::kComplete)
      alerts_.run_completed(transition.task.type, transition.task.end_time.value_or(transition.seen_at),
                            transition.duration);
    outbox_.announce(std::move(transition));
  }
  if (observation.telling == tasks::Telling::baseline) {
    for (const tasks::Slot slot : changes.updated)
      note_past_end(table_.at(slot).task, observation.at);
  }
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

void Pipeline::complete(const tasks::Observation& observation, bool settled) {
  gather(tasks::note_absences(table_, observation), observation);
  if (settled) {
    hint_at_empty(observation);
    const Time since = list_since(observation);
    const bool forgot = tasks::forget(table_, since, observation) > 0;
    unsaved_ |= forgot || !covered_.last_complete;
    covered_ = {.last_complete = observation.at, .since = since};
  }
  alerts_.poll_completed(observation.at, settled);
  choose_shown(observation.at);
  count_tasks();
}

void Pipeline::fail(Time at, std::optional<policy::PollFailure> failure, std::string detail) {
  metrics_.poll_failed(policy::to_string(alerts_.poll_failed(at, failure, std::move(detail))));
}

void Pipeline::take_subtasks(const std::string& task_id, tasks::SubtaskSummary summary) {
  const std::optional<tasks::Slot> slot = table_.find(task_id);
  if (!slot || !tasks::has_ended(table_.at(*slot).task.status_code)) return;  // reopened meanwhile
  table_.set_subtasks(*slot, std::move(summary));
  unsaved_ = true;
}

void Pipeline::hint_at_empty(const tasks::Observation& observation) {
  const policy::WholeListing listing{
      .telling = observation.telling, .tasks_ever = table_.slots(), .lookback = limits_.lookback};
  const std::string hint = policy::hint_at_empty(target_, listing);
  if (!hint.empty()) log_.warn("no tasks found", {{"target", target_.name}, {"hint", hint}});
}

void Pipeline::choose_shown(Time at) {
  const policy::ShownTasks choice = policy::choose_shown(table_, limits_.show, at);
  std::vector<bool> chosen(table_.slots());
  for (const tasks::Slot slot : choice.shown)
    chosen[slot] = true;
  table_.for_each([&](tasks::Slot slot, const tasks::TrackedTask&) {
    if (!chosen[slot]) {
      table_.hide(slot);
    } else if (!table_.is_shown(slot)) {
      table_.show(slot);
    }
  });
  metrics_.set_series_dropped(choice.dropped);
}

void Pipeline::violation(const tasks::Violation& violation) {
  alerts_.contract_broken(violation.field, observed_at_);
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
  active_ = census.active;
  any_absent_ = census.absent > 0;
  counts_shown_ = true;
  metrics_.set_tasks(census);
}

void Pipeline::judge(Time at) {
  std::vector<policy::AlertChange> changes = alerts_.judge(table_, key_, at, last_request_id_);
  unsaved_ |= !changes.empty();
  for (policy::AlertChange& change : changes)
    outbox_.announce(std::move(change));
  count_firing();
}

void Pipeline::count_firing() {
  for (const policy::Alert alert : policy::kAlerts)
    metrics_.set_alerts_firing(policy::to_string(alert), alerts_.state().firing(alert));
}

// Nothing is told for what had already happened, but when it happened is worth knowing.
void Pipeline::show_past_end(const tasks::Task& task, Time at) {
  if (tasks::has_ended(task.status_code) && task.end_time && *task.end_time <= at)
    metrics_.task_ended(task.type, tasks::status_name(task.status_code), std::nullopt, *task.end_time);
}

// How long it took is worth learning, too.
void Pipeline::note_past_end(const tasks::Task& task, Time at) {
  show_past_end(task, at);
  if (task.status_code == tasks::kComplete && task.end_time && *task.end_time <= at)
    alerts_.run_completed(task.type, *task.end_time, tasks::run_duration(task, at));
}

}  // namespace sas::polling
