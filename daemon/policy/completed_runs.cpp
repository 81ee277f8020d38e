// SPDX-License-Identifier: Apache-2.0
#include "policy/completed_runs.hpp"

#include <algorithm>
#include <vector>

namespace sas::policy {

void CompletedRuns::add(std::string_view task_type, Time at, std::optional<Milliseconds> duration) {
  auto known = by_type_.find(task_type);
  if (known == by_type_.end()) {
    if (by_type_.size() == kTypes) return;
    known = by_type_.try_emplace(std::string(task_type)).first;
  }
  TypeHistory& history = known->second;
  history.last_completed = std::max(history.last_completed.value_or(at), at);
  if (!duration) return;
  history.durations.push_back(*duration);
  if (history.durations.size() > kKept) history.durations.pop_front();
}

std::optional<Milliseconds> CompletedRuns::limit(std::string_view task_type) const {
  const auto known = by_type_.find(task_type);
  if (known == by_type_.end() || known->second.durations.size() < kEnough) return std::nullopt;
  std::vector<Milliseconds> sorted(known->second.durations.begin(), known->second.durations.end());
  const std::size_t rank = (sorted.size() * 95 + 99) / 100;  // from 1
  const auto percentile = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(sorted.begin(), percentile, sorted.end());
  return std::max(2 * *percentile, kLeast);
}

std::optional<Time> CompletedRuns::last(std::string_view task_type) const {
  const auto known = by_type_.find(task_type);
  return known == by_type_.end() ? std::nullopt : known->second.last_completed;
}

}  // namespace sas::policy
