// SPDX-License-Identifier: Apache-2.0
#include "cli/looks_table.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "cli/columns.hpp"

namespace sas::cli {
namespace {

constexpr std::string_view kNone = "-";

std::string or_none(std::string_view text) {
  return std::string{text.empty() ? kNone : text};
}

std::string or_none(const std::optional<Time>& time) {
  return time ? format_seconds(*time) : std::string{kNone};
}

/// `197/337 (58%)`; what the API did not give is `?`.
std::string progress(const std::optional<std::int64_t>& done, const std::optional<std::int64_t>& all) {
  if (!done && !all) return std::string{kNone};
  const auto shown = [](const std::optional<std::int64_t>& count) {
    return count ? fmt::to_string(*count) : std::string{"?"};
  };
  std::string text = fmt::format("{}/{}", shown(done), shown(all));
  if (done && all && *all > 0 && *done >= 0 && *done <= *all)
    text += fmt::format(" ({:.0f}%)", 100.0 * static_cast<double>(*done) / static_cast<double>(*all));
  return text;
}

std::string status(tasks::StatusCode code) {
  const std::string_view name = tasks::status_name(code);
  return name == "unknown" ? fmt::format("unknown ({})", code) : std::string{name};
}

std::vector<std::string> row(const app::Look& look, const tasks::Task& task) {
  return {look.target,
          std::string{tasks::shown_id(task.id)},
          or_none(task.type),
          status(task.status_code),
          progress(task.finish_count, task.total_count),
          progress(task.detail_task_ready_count, task.detail_task_total_count),
          or_none(task.create_time),
          or_none(task.start_time),
          tasks::has_ended(task.status_code) ? or_none(task.end_time) : std::string{kNone}};
}

bool goes_before(const tasks::Task& a, const tasks::Task& b) {
  const auto rank = [](const tasks::Task& task) {
    return std::tuple{tasks::has_ended(task.status_code),
                      -(task.create_time ? task.create_time->time_since_epoch() : Milliseconds{})};
  };
  return std::tuple{rank(a), std::string_view{a.id}} < std::tuple{rank(b), std::string_view{b.id}};
}

/// `production: 3 tasks: 1 running, 2 complete`; where that may not be all, `production: incomplete; seen 3
/// …`.
std::string sum(const app::Look& look) {
  std::map<tasks::StatusCode, std::size_t> counts;
  for (const tasks::Task& task : look.tasks)
    ++counts[task.status_code];
  std::string text = fmt::format("{}: ", look.target);
  if (look.result != policy::PollResult::complete)
    text += fmt::format("{}; seen ", policy::to_string(look.result));
  text += fmt::format("{} task{}", look.tasks.size(), look.tasks.size() == 1 ? "" : "s");
  std::string_view before = ": ";
  for (const auto& [code, count] : counts) {
    text += fmt::format("{}{} {}", before, count, status(code));
    before = ", ";
  }
  return text + '\n';
}

}  // namespace

std::string looks_table(const std::vector<app::Look>& looks) {
  std::vector<std::vector<std::string>> rows{
      {"TARGET", "TASK", "TYPE", "STATUS", "ITEMS", "SUBTASKS", "CREATED", "STARTED", "ENDED"}};
  std::string sums;
  for (const app::Look& look : looks) {
    std::vector<tasks::Task> tasks = look.tasks;
    std::sort(tasks.begin(), tasks.end(), goes_before);
    for (const tasks::Task& task : tasks)
      rows.push_back(row(look, task));
    sums += sum(look);
  }
  return rows.size() == 1 ? sums : in_columns(rows) + '\n' + sums;
}

}  // namespace sas::cli
