// SPDX-License-Identifier: Apache-2.0
#include "policy/transition_text.hpp"

#include <string>

#include <fmt/format.h>

namespace sas::policy {
namespace {

std::string_view what_happened(tasks::StatusCode to) {
  switch (to) {
    case tasks::kNotStarted:
      return "is waiting to start";
    case tasks::kRunning:
      return "has started";
    case tasks::kComplete:
      return "has completed";
    case tasks::kTimedOut:
      return "has timed out";
    case tasks::kVanished:
      return "is no more";
    default:
      return "is in an unknown state";
  }
}

}  // namespace

Wording describe(std::string_view target, const tasks::Transition& transition) {
  const tasks::Task& task = transition.task;
  std::string text = fmt::format("From {} to {}, seen at {}.", tasks::status_name(transition.from),
                                 tasks::status_name(transition.to), format_seconds(transition.seen_at));
  if (transition.observed == tasks::Observed::inferred) text += " It happened between two looks.";
  if (transition.duration) text += fmt::format(" It ran for {}.", lasting(*transition.duration));
  if (const std::string done = progress(task); !done.empty()) text += ' ' + done;
  return {
      .summary = fmt::format("{} {}", name_task(task.id, task.type, target), what_happened(transition.to)),
      .description = std::move(text)};
}

}  // namespace sas::policy
