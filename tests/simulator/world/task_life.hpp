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

/// What a list says of a task from a time on.
struct LifeStep {
  Time at = kNever;
  std::optional<StatusCode> status = {};  // none: lists leave it out
};

struct TaskLife {
  static constexpr std::size_t kMostSteps = 6;

  std::string id;
  std::uint32_t workload = 0;  // its place in WorldRules
  std::uint64_t key = 0;       // decides what is not written down here
  Time created;
  Time started = kNever;
  Time ended = kNever;                       // for the first time
  std::array<LifeStep, kMostSteps> steps{};  // the birth first; those behind the last one never come
  std::int64_t items = 0;
  std::int64_t subtasks = 0;
  std::array<Waypoint, 4> progress{};  // start, stall, end of the stall, end; only of tasks that start
  bool progress_falls = false;
  bool totals_grow = false;
  bool clock_ahead = false;
};

/// The life of the `number`-th task of the workload, born at `created`.
TaskLife decide_life(const WorldRules& rules, std::uint32_t workload, std::uint64_t seed, std::int64_t number,
                     Time created);

/// The last step until `now`; one that is kNever before the birth.
LifeStep step_at(const TaskLife& life, Time now);

/// What lists say; of a task that they leave out, nothing.
std::optional<StatusCode> status_at(const TaskLife& life, Time now);

bool is_end(const std::optional<StatusCode>& status);

/// The share of the work that is done; 1 only for complete tasks.
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

/// Of a task that is in lists.
Row row_at(const TaskLife& life, const WorldRules& rules, Time now);

/// The next step after `now`.
Time next_step(const TaskLife& life, Time now);

}  // namespace sas::simulator
