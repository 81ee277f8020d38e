// SPDX-License-Identifier: Apache-2.0
#include "policy/shown_tasks.hpp"

#include <algorithm>
#include <tuple>

namespace sas::policy {
namespace {

bool is_kept(const tasks::TrackedTask& tracked, Milliseconds retention, Time now) {
  if (tracked.task.status_code == tasks::kVanished) return false;
  if (!tasks::has_ended(tracked.task.status_code)) return true;
  return now - tracked.task.end_time.value_or(tracked.status_changed) < retention;
}

}  // namespace

ShownTasks choose_shown(const tasks::TaskTable& table, const ShowLimits& limits, Time now) {
  ShownTasks choice;
  if (!limits.task_series) return choice;
  table.for_each([&](tasks::Slot slot, const tasks::TrackedTask& tracked) {
    if (is_kept(tracked, limits.task_retention, now)) choice.shown.push_back(slot);
  });
  if (choice.shown.size() <= limits.max_tasks) return choice;

  choice.dropped = choice.shown.size() - limits.max_tasks;
  const auto rank = [&table](tasks::Slot slot) {
    const tasks::TrackedTask& tracked = table.at(slot);
    // The slot last, so that of equals always the same ones are shown.
    return std::tuple(tasks::has_ended(tracked.task.status_code),
                      -tracked.task.create_time.value_or(tracked.first_seen).time_since_epoch().count(),
                      slot);
  };
  const auto limit = choice.shown.begin() + static_cast<std::ptrdiff_t>(limits.max_tasks);
  std::nth_element(choice.shown.begin(), limit, choice.shown.end(),
                   [&rank](tasks::Slot a, tasks::Slot b) { return rank(a) < rank(b); });
  choice.shown.erase(limit, choice.shown.end());
  return choice;
}

}  // namespace sas::policy
