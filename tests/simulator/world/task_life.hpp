// SPDX-License-Identifier: Apache-2.0
#pragma once
// One task's whole life, decided when it is born, and what there is to see of it at a given time.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulator/world/world_rules.hpp"

namespace sas::simulator {

using StatusCode = std::int32_t;
constexpr StatusCode kNotStarted = 0;
constexpr StatusCode kRunning = 1;
constexpr StatusCode kComplete = 2;
constexpr StatusCode kTimedOut = 3;
constexpr StatusCode kFailed = 4;  // of subtasks only

constexpr Time kNever = Time::max();

/// So much was done at this time; straight lines in between.
struct Waypoint {
  Time at;
  double done;  // from 0 to 1
};

struct TaskLife {
  std::string id;
  std::uint32_t workload = 0;  // its place in WorldRules
  std::uint64_t key = 0;       // decides what is not written down here
  Time created;
  Time started = kNever;
  Time ended = kNever;
  Time forgotten = kNever;  // when lists leave it out
  StatusCode end_status = kComplete;
  std::int64_t items = 0;
  std::int64_t subtasks = 0;
  std::array<Waypoint, 4> progress{};  // start, stall, end of the stall, end; only of tasks that start
};

/// The life of the `number`-th task of the workload, born at `created`.
TaskLife decide_life(const WorldRules& rules, std::uint32_t workload, std::uint64_t seed, std::int64_t number,
                     Time created);

StatusCode status_at(const TaskLife& life, Time now);

/// The share of the work that is done. Never falls; 1 only for complete tasks.
double progress_at(const TaskLife& life, Time now);

/// When the progress reaches `done`; kNever where it does not.
Time time_of_progress(const TaskLife& life, double done);

/// A row of ListOperationProcess. Times that have not come are absent, however the scenario shows that.
struct Row {
  std::string task_id;
  std::string task_type;
  std::string task_source;
  StatusCode status_code = kNotStarted;
  std::int64_t total_count = 0;
  std::int64_t finish_count = 0;
  std::int64_t detail_task_total_count = 0;
  std::int64_t detail_task_ready_count = 0;
  std::optional<Time> start_time = {};
  std::optional<Time> end_time = {};
  Time create_time = {};

  friend bool operator==(const Row&, const Row&) = default;
};

Row row_at(const TaskLife& life, const WorldRules& rules, Time now);

/// The next time after `now` at which the task is born, changes its status or is forgotten.
Time next_step(const TaskLife& life, Time now);

}  // namespace sas::simulator
