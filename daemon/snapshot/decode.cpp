// SPDX-License-Identifier: Apache-2.0
#include "snapshot/decode.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "snapshot/object_reader.hpp"

namespace sas::snapshot {
namespace {

namespace json = boost::json;

constexpr std::array kStatuses{policy::AlertStatus::firing, policy::AlertStatus::resolved};
constexpr std::array kObserved{tasks::Observed::direct, tasks::Observed::inferred};

tasks::Task task_from(const ObjectReader& from) {
  tasks::Task task;
  task.id = from.text("id");
  task.type = from.text_or_empty("type");
  task.source = from.text_or_empty("source");
  task.status_code = from.number<tasks::StatusCode>("status_code");
  task.total_count = from.number_if_there<std::int64_t>("total_count");
  task.finish_count = from.number_if_there<std::int64_t>("finish_count");
  task.detail_task_total_count = from.number_if_there<std::int64_t>("detail_task_total_count");
  task.detail_task_ready_count = from.number_if_there<std::int64_t>("detail_task_ready_count");
  task.create_time = from.time_if_there("create_time");
  task.start_time = from.time_if_there("start_time");
  task.end_time = from.time_if_there("end_time");
  return task;
}

tasks::SubtaskSummary summary_from(const ObjectReader& from) {
  tasks::SubtaskSummary summary;
  const std::vector<std::uint64_t> counts = from.numbers<std::uint64_t>("by_status");
  if (counts.size() == summary.by_status.size()) {
    std::copy(counts.begin(), counts.end(), summary.by_status.begin());
  } else {
    from.complain("by_status", "has another number of counts than there are states");
  }
  from.for_each("failed", [&summary](const ObjectReader& subtask) {
    summary.failed.push_back({.id = subtask.text("id"), .checks = subtask.texts("checks")});
  });
  return summary;
}

tasks::TrackedTask tracked_from(const ObjectReader& from) {
  tasks::TrackedTask tracked;
  tracked.task = task_from(from);
  tracked.first_seen = from.time("first_seen");
  tracked.last_seen = from.time("last_seen");
  tracked.items_progressed = from.time("items_progressed");
  tracked.subtasks_progressed = from.time("subtasks_progressed");
  tracked.status_changed = from.time("status_changed");
  tracked.absences = from.number_if_there<unsigned>("absences").value_or(0);
  if (from.has("subtasks"))
    tracked.subtasks = std::make_shared<const tasks::SubtaskSummary>(summary_from(from.object("subtasks")));
  return tracked;
}

policy::Evidence evidence_from(const ObjectReader& from) {
  policy::Evidence evidence;
  if (from.has("task")) evidence.tracked = tracked_from(from.object("task"));
  evidence.task_type = from.text_or_empty("task_type");
  evidence.cause = from.text_or_empty("cause");
  evidence.detail = from.text_or_empty("detail");
  evidence.moment = from.time_if_there("moment");
  evidence.limit = from.duration_if_there("limit");
  return evidence;
}

policy::FiringAlert firing_from(const ObjectReader& from) {
  policy::FiringAlert alert;
  alert.alert = from.word("alert", policy::kAlerts);
  alert.subject = from.text("subject");
  alert.since = from.time("since");
  alert.evidence = evidence_from(from);
  return alert;
}

policy::TypeHistory history_from(const ObjectReader& from) {
  policy::TypeHistory history;
  history.last_completed = from.time_if_there("last_completed");
  for (const std::int64_t duration : from.numbers<std::int64_t>("durations"))
    history.durations.emplace_back(duration);
  return history;
}

tasks::Transition transition_from(const ObjectReader& from) {
  tasks::Transition transition;
  transition.task = task_from(from.object("task"));
  transition.from = from.number<tasks::StatusCode>("from");
  transition.to = from.number<tasks::StatusCode>("to");
  transition.observed = from.word("observed", kObserved);
  transition.seen_at = from.time("seen_at");
  transition.duration = from.duration_if_there("duration");
  transition.request_id = from.text("request_id");
  return transition;
}

policy::AlertChange change_from(const ObjectReader& from, const std::string& target) {
  policy::AlertChange change;
  change.target = target;
  change.alert = from.word("alert", policy::kAlerts);
  change.subject = from.text("subject");
  change.status = from.word("status", kStatuses);
  change.since = from.time("since");
  change.at = from.time("at");
  change.request_id = from.text("request_id");
  change.evidence = evidence_from(from);
  return change;
}

policy::News news_from(const ObjectReader& from, const std::string& target) {
  policy::News news;
  news.number = from.number<std::uint64_t>("number");
  news.sink = from.text("sink");
  if (from.has("transition")) {
    news.event = transition_from(from.object("transition"));
  } else {
    news.event = change_from(from.object("alert_change"), target);
  }
  return news;
}

TargetMark mark_from(const ObjectReader& from) {
  TargetMark mark;
  mark.target = from.text("name");
  mark.endpoint = from.text("endpoint");
  mark.last_complete = from.time_if_there("last_complete");
  mark.listed_since = from.time_if_there("listed_since");
  mark.watched_since = from.time_if_there("watched_since");
  mark.last_number = from.number<std::uint64_t>("last_number");
  return mark;
}

/// Parses line after line, in memory that is used again and again.
class LineParser {
 public:
  /// Calls `read(reader)` with the line's object. Returns what is wrong with the line, or nothing.
  template <class Read>
  std::string parse(std::string_view line, Read read) {
    std::array<unsigned char, 8192> memory;  // NOLINT: the resource writes before anybody reads
    json::monotonic_resource resource(memory.data(), memory.size());
    parser_.reset(&resource);
    json::error_code fault;
    parser_.write(line.data(), line.size(), fault);
    if (fault) return "this is not JSON";
    const json::value value = parser_.release();
    const json::object* const object = value.if_object();
    if (object == nullptr) return "this is not a JSON object";
    std::string problem;
    read(ObjectReader(*object, problem));
    return problem;
  }

 private:
  // What the service wrote may not be UTF-8; it stays what it is.
  static constexpr json::parse_options kOptions{.max_depth = 8, .allow_invalid_utf8 = true};
  json::parser parser_{{}, kOptions};
};

void read_line(const ObjectReader& line, TargetState& state) {
  if (line.has("task")) {
    state.tasks.push_back(tracked_from(line.object("task")));
  } else if (line.has("firing")) {
    state.alerts.push_back(firing_from(line.object("firing")));
  } else if (line.has("task_type")) {
    const ObjectReader type = line.object("task_type");
    state.runs[type.text("name")] = history_from(type);
  } else if (line.has("news")) {
    state.untold.push_back(news_from(line.object("news"), state.mark.target));
  } else {
    state.mark = mark_from(line.object("target"));
  }
}

Result<TargetState> read_section(LineParser& parser, std::string_view body, std::size_t number) {
  TargetState state;
  for (std::size_t begin = 0; begin < body.size(); ++number) {
    const std::size_t end = body.find('\n', begin);
    const std::string problem = parser.parse(body.substr(begin, end - begin),
                                             [&](const ObjectReader& line) { read_line(line, state); });
    if (!problem.empty()) return fault_in_line(number, problem);
    begin = end + 1;
  }
  return state;
}

std::vector<Acknowledgement> read_told(LineParser& parser, std::string_view text) {
  std::vector<Acknowledgement> told;
  for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string_view::npos;
       begin = end + 1) {
    Acknowledgement found;
    const std::string problem =
        parser.parse(text.substr(begin, end - begin), [&found](const ObjectReader& line) {
          const ObjectReader from = line.object("told");
          found.target = from.text("target");
          found.number = from.number<std::uint64_t>("number");
        });
    if (problem.empty()) told.push_back(std::move(found));
  }
  return told;
}

}  // namespace

Result<Contents> read_contents(std::string_view text) {
  Result<Layout> layout = find_sections(text);
  if (!layout) return layout.error();
  Contents contents;
  LineParser parser;
  std::set<std::string, std::less<>> names;
  for (const SectionPlace& place : layout->sections) {
    Result<TargetState> state = read_section(parser, text.substr(place.offset, place.body), place.first_line);
    if (!state) return state.error();
    if (!names.insert(state->mark.target).second) {
      return fault_in_line(place.first_line, fmt::format("there is a section of target `{}` before this one",
                                                         state->mark.target));
    }
    contents.targets.push_back(*std::move(state));
  }
  contents.sections = std::move(layout->sections);
  contents.told = read_told(parser, text.substr(layout->told_offset));
  return contents;
}

std::vector<TargetState> without_told(std::vector<TargetState> targets,
                                      const std::vector<Acknowledgement>& told) {
  std::set<std::pair<std::string_view, std::uint64_t>> known;
  for (const Acknowledgement& one : told)
    known.emplace(one.target, one.number);
  for (TargetState& state : targets) {
    std::erase_if(state.untold, [&](const policy::News& news) {
      return known.contains({state.mark.target, news.number});
    });
  }
  return targets;
}

Result<std::vector<TargetState>> decode(std::string_view text) {
  Result<Contents> contents = read_contents(text);
  if (!contents) return contents.error();
  return without_told(std::move(contents->targets), contents->told);
}

}  // namespace sas::snapshot
