// SPDX-License-Identifier: Apache-2.0
#include "alerts/event_json.hpp"

#include <cstdint>
#include <optional>
#include <variant>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "policy/alert_words.hpp"
#include "signing/digest.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;

constexpr int kVersion = 1;  // of the form; what is added to it changes nothing

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}

void add(json::object& object, std::string_view key, std::string_view value) {
  if (!value.empty()) object.emplace(key, text(value));
}

void add(json::object& object, std::string_view key, const std::optional<std::int64_t>& value) {
  if (value) object.emplace(key, *value);
}

void add(json::object& object, std::string_view key, const std::optional<Time>& value) {
  if (value) object.emplace(key, text(format_milliseconds(*value)));
}

void add_seconds(json::object& object, std::string_view key, const std::optional<Milliseconds>& value) {
  if (value) object.emplace(key, static_cast<double>(value->count()) / 1000.0);
}

std::int64_t number(Time time) {
  return time.time_since_epoch().count();
}

json::array identity(const Piece& piece) {
  if (const auto* change = std::get_if<policy::AlertChange>(&piece.event))
    return {"alert",
            text(piece.target),
            text(policy::to_string(change->alert)),
            text(tasks::shown_id(change->subject)),
            number(change->since),
            text(policy::to_string(change->status))};
  const auto& transition = std::get<tasks::Transition>(piece.event);
  return {"transition",    text(piece.target), text(tasks::shown_id(transition.task.id)),
          transition.from, transition.to,      number(transition.seen_at)};
}

json::object task_json(const tasks::Task& task) {
  json::object object{{"id", text(tasks::shown_id(task.id))}};
  add(object, "type", task.type);
  add(object, "source", task.source);
  object.emplace("status", text(tasks::status_name(task.status_code)));
  add(object, "items", task.total_count);
  add(object, "items_finished", task.finish_count);
  add(object, "subtasks", task.detail_task_total_count);
  add(object, "subtasks_ready", task.detail_task_ready_count);
  add(object, "created_at", task.create_time);
  add(object, "started_at", task.start_time);
  if (tasks::has_ended(task.status_code)) add(object, "ended_at", task.end_time);
  return object;
}

json::object subtasks_json(const tasks::SubtaskSummary& summary) {
  json::object by_status;
  for (std::size_t i = 0; i < tasks::kSubtaskStatusNames.size(); ++i)
    by_status.emplace(tasks::kSubtaskStatusNames[i], summary.by_status[i]);
  json::array failed;
  for (const tasks::FailedSubtask& subtask : summary.failed) {
    json::array checks;
    for (const std::string& check : subtask.checks)
      checks.push_back(text(check));
    failed.push_back(json::object{{"id", text(subtask.id)}, {"checks", std::move(checks)}});
  }
  return {{"by_status", std::move(by_status)}, {"failed", std::move(failed)}};
}

json::object alert_json(const policy::AlertChange& change, std::string_view runbooks) {
  const policy::Evidence& evidence = change.evidence;
  json::object object{{"name", text(policy::to_string(change.alert))},
                      {"status", text(policy::to_string(change.status))}};
  json::object labels;
  for (const auto& [name, value] : policy::labels(change))
    labels.emplace(name, text(value));
  object.emplace("labels", std::move(labels));
  add(object, "since", std::optional<Time>(change.since));
  add(object, "decided_at", std::optional<Time>(change.at));
  add(object, "cause", evidence.cause);
  add(object, "detail", evidence.detail);
  add(object, policy::moment_name(change.alert), evidence.moment);
  add_seconds(object, "limit_seconds", evidence.limit);
  if (const tasks::SubtaskSummary* subtasks = evidence.subtasks())
    object.emplace("subtasks", subtasks_json(*subtasks));
  add(object, "runbook_url", policy::runbook_url(runbooks, change.alert));
  return object;
}

json::object transition_json(const tasks::Transition& transition) {
  json::object object{{"from", text(tasks::status_name(transition.from))},
                      {"to", text(tasks::status_name(transition.to))},
                      {"observed", text(tasks::to_string(transition.observed))}};
  add(object, "seen_at", std::optional<Time>(transition.seen_at));
  add_seconds(object, "duration_seconds", transition.duration);
  return object;
}

}  // namespace

std::string idempotency_key(const Piece& piece) {
  return signing::hex(signing::sha256(json::serialize(identity(piece))));
}

std::string event_json(const Piece& piece, std::string_view runbooks) {
  const policy::Wording wording = describe(piece);
  json::object event{{"version", kVersion},
                     {"key", text(idempotency_key(piece))},
                     {"target", text(piece.target)},
                     {"summary", text(wording.summary)},
                     {"description", text(wording.description)}};
  if (const auto* change = std::get_if<policy::AlertChange>(&piece.event)) {
    event.emplace("alert", alert_json(*change, runbooks));
    if (change->evidence.tracked) event.emplace("task", task_json(change->evidence.tracked->task));
    add(event, "request_id", change->request_id);
  } else {
    const auto& transition = std::get<tasks::Transition>(piece.event);
    event.emplace("transition", transition_json(transition));
    event.emplace("task", task_json(transition.task));
    add(event, "request_id", transition.request_id);
  }
  return json::serialize(event);
}

}  // namespace sas::alerts
