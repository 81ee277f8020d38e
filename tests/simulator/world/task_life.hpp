// SPDX-License-Identifier: Apache-2.0
#pragma once
// One task's whole life, and what there is to see of it at a given time.

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
  Time at = kNever;
  double done = 0;  // from 0 to 1
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
  // The start, a stall, its end, the first end, and what comes after it; a second run, if there is one,
  // begins where the work falls back to 0. Those behind the last one never come.
  std::array<Waypoint, 6> progress{};
  bool items_fall = false;      // for the middle third of the run, to half of what is done
  bool totals_grow = false;     // during the run
  Milliseconds clock_ahead{0};  // of the clock that writes down the task's times: what rows and filters see
};

/// The last step until `now`; one that is kNever before the birth.
LifeStep step_at(const TaskLife& life, Time now);

/// What lists say; of a task that they leave out, nothing.
std::optional<StatusCode> status_at(const TaskLife& life, Time now);

bool is_end(const std::optional<StatusCode>& status);

/// The share of the work that is done. Falls only where a task goes back to waiting, and then to 0.
double progress_at(const TaskLife& life, Time now);

/// When the progress of the run that `now` belongs to reaches `done`; kNever where it does not.
Time time_of_progress(const TaskLife& life, double done, Time now);

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
