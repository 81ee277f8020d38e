// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/subtasks.hpp"

#include <fmt/format.h>

#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

constexpr std::int64_t kMostChecks = 4;

std::vector<Check> checks_of(Random& random) {
  std::vector<Check> checks;
  const std::int64_t count = random.between(1, kMostChecks);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t id = random.between(1, 2'000'000'000'000);
    checks.push_back({.id = id, .show_name = fmt::format("Check {}", id)});
  }
  return checks;
}

/// How far the `index`-th subtask has come: those that the parent counts are over, and the one after them is
/// as far as the parent, which has it in hand.
void come_along(Subtask& subtask, const TaskLife& life, const Row& parent, std::int64_t index, bool fails,
                Time now) {
  const auto count = static_cast<double>(life.subtasks);
  const Time begin = time_of_progress(life, static_cast<double>(index) / count, now);
  const bool over = index < parent.detail_task_ready_count;
  const bool in_hand = index == parent.detail_task_ready_count && now >= begin && parent.start_time;
  if (!over && !in_hand) return;
  subtask.start_time = begin + life.clock_ahead;
  subtask.status_code = kRunning;
  if (over) {
    subtask.status_code = fails ? kFailed : kComplete;
    subtask.end_time = time_of_progress(life, static_cast<double>(index + 1) / count, now) + life.clock_ahead;
  } else if (parent.status_code == kTimedOut && subtask.start_time <= parent.end_time) {
    subtask.status_code = kTimedOut;
    subtask.end_time = parent.end_time;
  }
}

}  // namespace

std::vector<Subtask> subtasks_at(const TaskLife& life, const WorldRules& rules, Time now) {
  const Row parent = row_at(life, rules, now);
  std::vector<Subtask> subtasks;
  for (std::int64_t i = 0; i < parent.detail_task_total_count; ++i) {
    Random random(combine(life.key, 1'000 + static_cast<std::uint64_t>(i)));
    const bool fails = random.unit() < rules.workloads[life.workload].failing_subtasks;
    Subtask subtask{.task_id = life.id, .detail_task_id = fmt::format("{:016x}", random.next())};
    subtask.asset_vendor = static_cast<std::int32_t>(random.between(0, 3));
    subtask.asset_type = static_cast<std::int32_t>(random.between(0, 30));
    subtask.asset_sub_type = static_cast<std::int32_t>(random.between(0, 200));
    subtask.create_time = parent.create_time;
    come_along(subtask, life, parent, i, fails, now);
    subtask.checks = checks_of(random);
    subtasks.push_back(std::move(subtask));
  }
  return subtasks;
}

}  // namespace sas::simulator
