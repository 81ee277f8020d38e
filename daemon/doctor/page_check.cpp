// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include "doctor/phrases.hpp"
#include "doctor/service_checks.hpp"
#include "tasks/census.hpp"

namespace sas::doctor {
namespace {

using Counts = std::array<std::int64_t, tasks::kStatusNames.size()>;

Counts count(const tasks::Page& page) {
  Counts counts{};
  for (const tasks::Task& task : page.tasks) {
    const auto name = std::ranges::find(tasks::kStatusNames, tasks::status_name(task.status_code));
    const auto index = std::min<std::ptrdiff_t>(name - tasks::kStatusNames.begin(), counts.size() - 1);
    ++counts[static_cast<std::size_t>(index)];
  }
  return counts;
}

std::optional<Time> newest(const tasks::Page& page) {
  std::optional<Time> newest;
  for (const tasks::Task& task : page.tasks)
    newest = std::max(newest, task.create_time);
  return newest;
}

boost::json::object facts_of(const tasks::Page& page, const Counts& counts) {
  boost::json::object by_status;
  for (std::size_t i = 0; i < counts.size(); ++i)
    by_status[tasks::kStatusNames[i]] = counts[i];
  boost::json::array odd;
  for (const tasks::Violation& violation : page.violations)
    odd.emplace_back(violation.field);
  boost::json::object facts{{"request_id", page.request_id},
                            {"total", nullptr},
                            {"listed", page.tasks.size()},
                            {"by_status", std::move(by_status)},
                            {"newest_created", time_fact(newest(page))},
                            {"contract_violations", std::move(odd)}};
  if (page.total_count) facts["total"] = *page.total_count;
  return facts;
}

std::string counts_text(const Counts& counts) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[i], tasks::kStatusNames[i]);
  return text;
}

std::string other_centre(const Target& target) {
  if (target.site.empty()) return "another one (site: cn, site: intl)";
  return fmt::format("the other one (site: {})", target.site == "cn" ? "intl" : "cn");
}

std::string hint(const Target& target) {
  std::string text = fmt::format(
      "If the account has run checks, their tasks are at another service centre than this: try {}.",
      other_centre(target));
  if (!target.task_types.empty() || !target.task_sources.empty())
    text += " Or the target's task_types and task_sources leave them all out.";
  return text;
}

}  // namespace

Check page_check(const Result<tasks::Page>& page, const Target& target, Time now) {
  if (!page) {
    return {.step = Step::page,
            .status = Status::failed,
            .finding = told(page.error()),
            .remedy =
                "Check that the endpoint is Security Center's; if it is, it answers otherwise than "
                "documented: please report it with the RequestId."};
  }
  const Counts counts = count(*page);
  Check check{.step = Step::page, .facts = facts_of(*page, counts)};
  if (page->tasks.empty()) {
    check.status = Status::warning;
    check.finding = "the list of tasks is empty";
    check.remedy = hint(target);
    return check;
  }
  check.finding = fmt::format("{} of {} tasks: {}", page->tasks.size(),
                              page->total_count ? fmt::to_string(*page->total_count) : "an unknown number of",
                              counts_text(counts));
  if (const auto created = newest(*page))
    check.finding += fmt::format("; newest created {}", moment(*created, now));
  if (!page->violations.empty())
    check.finding += fmt::format("; {} fields are not as documented", page->violations.size());
  return check;
}

}  // namespace sas::doctor
