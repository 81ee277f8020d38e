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

/// When the subtask ends; a timed-out task ends whatever runs.
struct Run {
  Time begin = kNever;
  Time end = kNever;
  StatusCode end_status = kComplete;
};

Run run_of(const TaskLife& life, std::int64_t index, bool fails) {
  const auto count = static_cast<double>(life.subtasks);
  Run run{.begin = time_of_progress(life, static_cast<double>(index) / count),
          .end = time_of_progress(life, static_cast<double>(index + 1) / count),
          .end_status = fails ? kFailed : kComplete};
  if (run.begin != kNever && run.end == kNever && life.ended != kNever) {
    run.end = life.ended;
    run.end_status = kTimedOut;
  }
  return run;
}

}  // namespace

std::vector<Subtask> subtasks_at(const TaskLife& life, const WorldRules& rules, Time now) {
  std::vector<Subtask> subtasks;
  for (std::int64_t i = 0; i < life.subtasks; ++i) {
    Random random(combine(life.key, 1'000 + static_cast<std::uint64_t>(i)));
    const Run run = run_of(life, i, random.unit() < rules.workloads[life.workload].failing_subtasks);
    Subtask subtask{.task_id = life.id, .detail_task_id = fmt::format("{:016x}", random.next())};
    subtask.asset_vendor = static_cast<std::int32_t>(random.between(0, 3));
    subtask.asset_type = static_cast<std::int32_t>(random.between(0, 30));
    subtask.asset_sub_type = static_cast<std::int32_t>(random.between(0, 200));
    subtask.create_time = life.created;
    if (now >= run.begin) {
      subtask.status_code = kRunning;
      subtask.start_time = run.begin;
    }
    if (now >= run.end) {
      subtask.status_code = run.end_status;
      subtask.end_time = run.end;
    }
    subtask.checks = checks_of(random);
    subtasks.push_back(std::move(subtask));
  }
  return subtasks;
}

}  // namespace sas::simulator
