// SPDX-License-Identifier: Apache-2.0
#include "polling/pipeline.hpp"

#include <iterator>
#include <utility>
#include <variant>

#include "policy/empty_listing.hpp"
#include "tasks/census.hpp"

namespace sas::polling {

Pipeline::Pipeline(const Target& target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
                   alerts::Dispatcher& dispatcher, runtime::Log& log)
    : limits_(limits),
      metrics_(metrics),
      dispatcher_(dispatcher),
      log_(log),
      target_(target),
      table_(target.name) {}

void Pipeline::restore(snapshot::TargetState state) {
  covered_ = {.last_complete = state.mark.last_complete, .since = state.mark.listed_since};
  last_number_ = state.mark.last_number;
  for (tasks::TrackedTask& tracked : state.tasks) {
    note_past_end(tracked.task, tracked.last_seen);
    table_.insert(std::move(tracked));
  }
  alert_state_.restore(std::move(state.alerts));
  count_firing();
  untold_.assign(std::make_move_iterator(state.untold.begin()), std::make_move_iterator(state.untold.end()));
}

snapshot::TargetMark Pipeline::mark() const {
  return {.target = table_.target(),
          .endpoint = target_.endpoint,
          .last_complete = covered_.last_complete,
          .listed_since = covered_.since,
          .last_number = last_number_};
}

tasks::Observation Pipeline::begin(Time at) {
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
  for (tasks::Transition& transition : changes.transitions)
    untold_.push_back({.number = ++last_number_, .event = std::move(transition)});
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
  choose_shown(observation.at);
  count_tasks();
  judge(observation);
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
  metrics_.violation(violation.field, violation.count);
  const bool is_new = told_violations_.insert(violation.field).second;
  const std::initializer_list<runtime::Field> fields{{"target", table_.target()},
                                                     {"field", violation.field},
                                                     {"detail", violation.detail},
                                                     {"request_id", last_request_id_}};
  log_.write(is_new ? runtime::Level::warn : runtime::Level::debug, "answer breaks the documented contract",
             {fields.begin(), fields.size()});
}

void Pipeline::deliver(std::size_t most, const std::function<void(std::uint64_t number)>& told) {
  for (; most > 0 && !untold_.empty(); --most, untold_.pop_front()) {
    const policy::News& news = untold_.front();
    if (const auto* transition = std::get_if<tasks::Transition>(&news.event)) {
      tell(*transition);
    } else {
      dispatcher_.tell(std::get<policy::AlertChange>(news.event));
    }
    told(news.number);
  }
}

void Pipeline::tell(const tasks::Transition& transition) {
  dispatcher_.tell(table_.target(), transition);
  const std::string& type = transition.task.type;
  const std::string_view to = tasks::status_name(transition.to);
  metrics_.transition(type, tasks::status_name(transition.from), to, tasks::to_string(transition.observed));
  if (tasks::has_ended(transition.to)) {
    metrics_.task_ended(type, to, transition.duration, transition.task.end_time.value_or(transition.seen_at));
  }
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
  any_absent_ = census.absent > 0;
  counts_shown_ = true;
  metrics_.set_tasks(census);
}

void Pipeline::judge(const tasks::Observation& observation) {
  auto changes = alert_state_.update(table_, limits_.alerts, observation.at, last_request_id_);
  unsaved_ |= !changes.empty();
  for (policy::AlertChange& change : changes)
    untold_.push_back({.number = ++last_number_, .event = std::move(change)});
  count_firing();
}

void Pipeline::count_firing() {
  for (const policy::Alert alert : policy::kAlerts)
    metrics_.set_alerts_firing(policy::to_string(alert), alert_state_.firing(alert));
}

// Nothing is told for what had already happened, but when it happened is worth knowing.
void Pipeline::note_past_end(const tasks::Task& task, Time at) {
  if (tasks::has_ended(task.status_code) && task.end_time && *task.end_time <= at)
    metrics_.task_ended(task.type, tasks::status_name(task.status_code), std::nullopt, *task.end_time);
}

}  // namespace sas::polling
