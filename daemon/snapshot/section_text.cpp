// SPDX-License-Identifier: Apache-2.0
#include "snapshot/section_text.hpp"

#include <utility>
#include <variant>

#include "snapshot/json_text.hpp"
#include "snapshot/layout.hpp"

namespace sas::snapshot {
namespace {

constexpr std::size_t kPiece = 256UL * 1024;
constexpr std::size_t kLongLine = 1024;

void append_task_fields(std::string& out, const tasks::Task& task) {
  append_field(out, R"("id":)", task.id);
  if (!task.type.empty()) append_field(out, R"(,"type":)", task.type);
  if (!task.source.empty()) append_field(out, R"(,"source":)", task.source);
  append_field(out, R"(,"status_code":)", task.status_code);
  append_field(out, R"(,"total_count":)", task.total_count);
  append_field(out, R"(,"finish_count":)", task.finish_count);
  append_field(out, R"(,"detail_task_total_count":)", task.detail_task_total_count);
  append_field(out, R"(,"detail_task_ready_count":)", task.detail_task_ready_count);
  append_field(out, R"(,"create_time":)", task.create_time);
  append_field(out, R"(,"start_time":)", task.start_time);
  append_field(out, R"(,"end_time":)", task.end_time);
}

void append_value(std::string& out, const tasks::Task& task) {
  out += '{';
  append_task_fields(out, task);
  out += '}';
}

template <class Range, class Append>
void append_list(std::string& out, const Range& range, Append append) {
  out += '[';
  for (bool first = true; const auto& element : range) {
    if (!std::exchange(first, false)) out += ',';
    append(element);
  }
  out += ']';
}

void append_value(std::string& out, const tasks::FailedSubtask& subtask) {
  append_field(out, R"({"id":)", subtask.id);
  out += R"(,"checks":)";
  append_list(out, subtask.checks, [&out](const std::string& check) { snapshot::append_value(out, check); });
  out += '}';
}

void append_value(std::string& out, const tasks::SubtaskSummary& summary) {
  out += R"({"by_status":)";
  append_list(out, summary.by_status, [&out](std::uint64_t count) { snapshot::append_value(out, count); });
  out += R"(,"failed":)";
  append_list(out, summary.failed, [&out](const auto& subtask) { append_value(out, subtask); });
  out += '}';
}

void append_value(std::string& out, const tasks::TrackedTask& tracked) {
  out += '{';
  append_task_fields(out, tracked.task);
  append_field(out, R"(,"first_seen":)", tracked.first_seen);
  append_field(out, R"(,"last_seen":)", tracked.last_seen);
  append_field(out, R"(,"items_progressed":)", tracked.items_progressed);
  append_field(out, R"(,"subtasks_progressed":)", tracked.subtasks_progressed);
  append_field(out, R"(,"status_changed":)", tracked.status_changed);
  if (tracked.absences != 0) append_field(out, R"(,"absences":)", tracked.absences);
  if (tracked.subtasks) {
    out += R"(,"subtasks":)";
    append_value(out, *tracked.subtasks);
  }
  out += '}';
}

void append_event(std::string& out, const tasks::Transition& transition) {
  out += R"(,"transition":{"task":)";
  append_value(out, transition.task);
  append_field(out, R"(,"from":)", transition.from);
  append_field(out, R"(,"to":)", transition.to);
  append_field(out, R"(,"observed":)", to_string(transition.observed));
  append_field(out, R"(,"seen_at":)", transition.seen_at);
  append_field(out, R"(,"duration":)", transition.duration);
  append_field(out, R"(,"request_id":)", transition.request_id);
  out += '}';
}

void append_if_any(std::string& out, std::string_view key, const std::string& text) {
  if (!text.empty()) append_field(out, key, text);
}

// What there is of it: most alerts are about a few of these only.
void append_evidence(std::string& out, const policy::Evidence& evidence) {
  if (evidence.tracked) {
    out += R"(,"task":)";
    append_value(out, *evidence.tracked);
  }
  append_if_any(out, R"(,"task_type":)", evidence.task_type);
  append_if_any(out, R"(,"cause":)", evidence.cause);
  append_if_any(out, R"(,"detail":)", evidence.detail);
  append_field(out, R"(,"moment":)", evidence.moment);
  append_field(out, R"(,"limit":)", evidence.limit);
}

void append_event(std::string& out, const policy::AlertChange& change) {
  append_field(out, R"(,"alert_change":{"alert":)", to_string(change.alert));
  append_field(out, R"(,"subject":)", change.subject);
  append_field(out, R"(,"status":)", to_string(change.status));
  append_field(out, R"(,"since":)", change.since);
  append_field(out, R"(,"at":)", change.at);
  append_field(out, R"(,"request_id":)", change.request_id);
  append_evidence(out, change.evidence);
  out += '}';
}

}  // namespace

SectionText::SectionText(const TargetMark& mark) {
  section_.target = mark.target;
  section_.last_number = mark.last_number;
  std::string& out = next_line();
  out += kSectionBegins;
  append_field(out, R"({"name":)", mark.target);
  append_field(out, R"(,"endpoint":)", mark.endpoint);
  append_field(out, R"(,"last_complete":)", mark.last_complete);
  append_field(out, R"(,"listed_since":)", mark.listed_since);
  append_field(out, R"(,"watched_since":)", mark.watched_since);
  append_field(out, R"(,"last_number":)", mark.last_number);
  out += "}}\n";
}

void SectionText::add(std::string_view task_type, const policy::TypeHistory& history) {
  std::string& out = next_line();
  append_field(out, R"({"task_type":{"name":)", task_type);
  append_field(out, R"(,"last_completed":)", history.last_completed);
  out += R"(,"durations":)";
  append_list(out, history.durations,
              [&out](Milliseconds duration) { snapshot::append_value(out, duration); });
  out += "}}\n";
}

void SectionText::add(const tasks::TrackedTask& tracked) {
  std::string& out = next_line();
  out += R"({"task":)";
  append_value(out, tracked);
  out += "}\n";
}

void SectionText::add(const policy::FiringAlert& alert) {
  std::string& out = next_line();
  append_field(out, R"({"firing":{"alert":)", to_string(alert.alert));
  append_field(out, R"(,"subject":)", alert.subject);
  append_field(out, R"(,"since":)", alert.since);
  append_evidence(out, alert.evidence);
  out += "}}\n";
}

void SectionText::add(const policy::News& news) {
  section_.untold.push_back(news.number);
  std::string& out = next_line();
  append_field(out, R"({"news":{"number":)", news.number);
  append_field(out, R"(,"sink":)", news.sink);
  std::visit([&out](const auto& event) { append_event(out, event); }, news.event);
  out += "}}\n";
}

tasks::Slot SectionText::add(const tasks::TaskTable& table, tasks::Slot begin, tasks::Slot count) {
  const tasks::Slot end = begin + std::min(count, table.slots() - begin);
  table.for_each(begin, end, [this](tasks::Slot, const tasks::TrackedTask& tracked) { add(tracked); });
  return end;
}

Section SectionText::finish() && {
  seal();
  section_.pieces.push_back(closing_line(lines_, section_.checksum));
  section_.checksum = extend_checksum(section_.checksum, section_.pieces.back());
  return std::move(section_);
}

std::string& SectionText::next_line() {
  if (section_.pieces.empty() || section_.pieces.back().size() >= kPiece) {
    seal();
    section_.pieces.emplace_back().reserve(kPiece + kLongLine);
  }
  ++lines_;
  return section_.pieces.back();
}

void SectionText::seal() {
  if (!section_.pieces.empty())
    section_.checksum = extend_checksum(section_.checksum, section_.pieces.back());
}

Section encode(const TargetState& state) {
  SectionText text(state.mark);
  for (const tasks::TrackedTask& tracked : state.tasks)
    text.add(tracked);
  for (const policy::FiringAlert& alert : state.alerts)
    text.add(alert);
  for (const auto& [type, history] : state.runs)
    text.add(type, history);
  for (const policy::News& news : state.untold)
    text.add(news);
  return std::move(text).finish();
}

}  // namespace sas::snapshot
