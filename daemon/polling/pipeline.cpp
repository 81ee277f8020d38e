// SPDX-License-Identifier: Apache-2.0
#include "polling/pipeline.hpp"

#include <iterator>
#include <utility>
#include <variant>

#include "policy/empty_listing.hpp"
#include "tasks/census.hpp"
#include "tasks/durations.hpp"

namespace sas::polling {
namespace {

// Whom the copy is for that counts in the metrics; no sink can be called so.
constexpr std::string_view kMetrics = "/metrics";

// So many fields are named as drifting; others choose their names.
constexpr std::size_t kMostFields = 20;

}  // namespace

Pipeline::Pipeline(const Target& target, const PipelineLimits& limits, telemetry::TargetMetrics& metrics,
                   alerts::Dispatcher& dispatcher, const policy::KeyHealth& key, runtime::Log& log)
    : limits_(limits),
      metrics_(metrics),
      dispatcher_(dispatcher),
      key_(key),
      log_(log),
      target_(target),
      table_(target.name) {}

void Pipeline::restore(snapshot::TargetState state) {
  covered_ = {.last_complete = state.mark.last_complete, .since = state.mark.listed_since};
  watched_since_ = state.mark.watched_since;
  last_number_ = state.mark.last_number;
  for (tasks::TrackedTask& tracked : state.tasks) {
    show_past_end(tracked.task, tracked.last_seen);
    table_.insert(std::move(tracked));
  }
  for (const auto& [type, history] : state.runs) {
    if (history.last_completed)
      metrics_.task_ended(type, tasks::status_name(tasks::kComplete), std::nullopt, *history.last_completed);
  }
  runs_.restore(std::move(state.runs));
  subtasks_ = std::move(state.subtasks);
  restore_alerts(std::move(state.alerts));
  restore_news(std::move(state.untold));
}

// What an alert was about is known again, so that it goes on until somebody sees that it is over.
void Pipeline::restore_alerts(std::vector<policy::FiringAlert> firing) {
  for (const policy::FiringAlert& alert : firing) {
    const policy::Evidence& evidence = alert.evidence;
    const Time moment = evidence.moment.value_or(alert.since);
    if (alert.alert == policy::Alert::poll_failing) {
      trouble_ = {
          .since = moment, .failure = policy::poll_failure(evidence.cause), .detail = evidence.detail};
    } else if (alert.alert == policy::Alert::credentials_expiring) {
      remembered_expiry_ = moment;
    } else if (alert.alert == policy::Alert::contract_drift) {
      drift_ = {.last = moment, .fields = {evidence.detail}};
    }
    dispatcher_.recall(table_.target(), alert);
  }
  alert_state_.restore(std::move(firing));
  count_firing();
}

// A sink that is no more will not take anything.
void Pipeline::restore_news(std::vector<policy::News> untold) {
  for (policy::News& news : untold) {
    if (news.sink == kMetrics || dispatcher_.knows(news.sink)) untold_.push_back(std::move(news));
  }
}

snapshot::TargetMark Pipeline::mark() const {
  return {.target = table_.target(),
          .endpoint = target_.endpoint,
          .last_complete = covered_.last_complete,
          .listed_since = covered_.since,
          .watched_since = watched_since_,
          .last_number = last_number_};
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
      runs_.add(transition.task.type, transition.task.end_time.value_or(transition.seen_at),
                transition.duration);
    announce(std::move(transition));
  }
  if (observation.telling == tasks::Telling::baseline) {
    for (const tasks::Slot slot : changes.updated)
      note_past_end(table_.at(slot).task, observation.at);
  }
  for (const tasks::Violation& found : changes.violations)
    violation(found);
  show(changes.updated);
}

// Each sink's copy is ticked off by itself. A transition counts in the metrics when it is told, like
// everywhere.
void Pipeline::announce(policy::Event event) {
  if (std::holds_alternative<tasks::Transition>(event))
    untold_.push_back({.number = ++last_number_, .sink = std::string(kMetrics), .event = event});
  for (std::string& sink : dispatcher_.who_wants(event))
    untold_.push_back({.number = ++last_number_, .sink = std::move(sink), .event = event});
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
    if (forgot) forget_subtasks();
    unsaved_ |= forgot || !covered_.last_complete;
    if (!watched_since_) watched_since_ = observation.at;
    covered_ = {.last_complete = observation.at, .since = since};
  }
  trouble_.reset();
  choose_shown(observation.at);
  count_tasks();
}

// While the service is left alone nothing new is known: what it was left alone for goes on.
void Pipeline::fail(Time at, std::optional<policy::PollFailure> failure, std::string detail) {
  if (!trouble_)
    trouble_ = {.since = at, .failure = failure.value_or(policy::PollFailure::network), .detail = {}};
  if (failure) trouble_->failure = *failure;
  trouble_->detail = std::move(detail);
  metrics_.poll_failed(policy::to_string(trouble_->failure));
}

void Pipeline::take_subtasks(const std::string& task_id, tasks::SubtaskSummary summary) {
  subtasks_.insert_or_assign(task_id, std::move(summary));
  unsaved_ = true;
}

void Pipeline::forget_subtasks() {
  std::erase_if(subtasks_, [this](const auto& entry) { return !table_.find(entry.first); });
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
  const bool long_ago = !drift_.last || observed_at_ - *drift_.last >= limits_.alerts.contract_drift_for;
  if (long_ago) drift_.fields.clear();
  drift_.last = observed_at_;
  if (drift_.fields.size() < kMostFields) drift_.fields.insert(violation.field);
  metrics_.violation(violation.field, violation.count);
  const bool is_new = told_violations_.insert(violation.field).second;
  const std::initializer_list<runtime::Field> fields{{"target", table_.target()},
                                                     {"field", violation.field},
                                                     {"detail", violation.detail},
                                                     {"request_id", last_request_id_}};
  log_.write(is_new ? runtime::Level::warn : runtime::Level::debug, "answer breaks the documented contract",
             {fields.begin(), fields.size()});
}

void Pipeline::deliver(std::size_t most, const Told& told) {
  std::erase_if(*handed_out_, [](const auto& entry) { return entry.second.taken; });
  for (; most > 0 && !untold_.empty(); --most) {
    policy::News news = std::move(untold_.front());
    untold_.pop_front();
    if (news.sink == kMetrics) {
      count(std::get<tasks::Transition>(news.event));
      told(news.number);
      continue;
    }
    const std::uint64_t number = news.number;
    const auto [entry, is_new] = handed_out_->try_emplace(number, Handed{.news = std::move(news)});
    const std::weak_ptr<HandedOut> weak = handed_out_;
    dispatcher_.tell(table_.target(), entry->second.news, [weak, number, told] {
      const auto handed_out = weak.lock();
      if (!handed_out) return;
      handed_out->at(number).taken = true;
      told(number);
    });
  }
}

void Pipeline::count(const tasks::Transition& transition) {
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

void Pipeline::judge(Time at) {
  const policy::KeyHealth key = key_health();
  const policy::Situation situation{.table = table_,
                                    .subtasks_of = [this](std::string_view id) { return subtasks_of(id); },
                                    .runs = runs_,
                                    .watched_since = watched_since_,
                                    .watched_types = target_.task_types,
                                    .trouble = trouble_,
                                    .key = key,
                                    .drift = drift_};
  auto changes = alert_state_.update(policy::conditions(situation, limits_.alerts, at), table_,
                                     {.sight = trouble_ ? policy::Sight::partial : policy::Sight::whole_list,
                                      .at = at,
                                      .request_id = last_request_id_});
  unsaved_ |= !changes.empty();
  for (policy::AlertChange& change : changes)
    announce(std::move(change));
  count_firing();
}

const tasks::SubtaskSummary* Pipeline::subtasks_of(std::string_view task_id) const {
  const auto known = subtasks_.find(task_id);
  return known == subtasks_.end() ? nullptr : &known->second;
}

// Until a key has signed in this process, what was known of it in the last one holds.
policy::KeyHealth Pipeline::key_health() const {
  if (key_.has_signed || !remembered_expiry_) return key_;
  return {.has_signed = false, .expires = remembered_expiry_, .renewal_failed = true};
}

void Pipeline::count_firing() {
  for (const policy::Alert alert : policy::kAlerts)
    metrics_.set_alerts_firing(policy::to_string(alert), alert_state_.firing(alert));
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
    runs_.add(task.type, *task.end_time, tasks::run_duration(task, at));
}

}  // namespace sas::polling
