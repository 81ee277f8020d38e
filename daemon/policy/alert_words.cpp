// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sas::policy {

std::string name_failed(const tasks::SubtaskSummary& summary) {
  std::string text;
  for (const tasks::FailedSubtask& subtask : summary.failed) {
    if (!text.empty()) text += "; ";
    text += subtask.id;
    if (!subtask.checks.empty()) text += fmt::format(": {}", fmt::join(subtask.checks, ", "));
  }
  return text;
}

std::string_view moment_name(Alert alert) {
  switch (alert) {
    case Alert::expected_check_missing:
      return "last_completed";
    case Alert::credentials_expiring:
      return "expires";
    case Alert::poll_failing:
      return "failing_since";
    default:
      return "last_seen";
  }
}

}  // namespace sas::policy
