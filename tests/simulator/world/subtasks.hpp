// SPDX-License-Identifier: Apache-2.0
#pragma once
// The subtasks of a task and the checks they make: the rows of ListOperationProcessDetail. They run one after
// the other, so that the number of ended ones is the parent's DetailTaskReadyCount at every time.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/world/task_life.hpp"

namespace sas::simulator {

struct Check {
  std::int64_t id = 0;
  std::string show_name;  // in English; the service's language is not the simulator's matter
};

struct Subtask {
  std::string task_id;  // the parent's
  std::string detail_task_id;
  StatusCode status_code = kNotStarted;
  std::int32_t asset_vendor = 0;
  std::int32_t asset_type = 0;
  std::int32_t asset_sub_type = 0;
  std::optional<Time> start_time = {};
  std::optional<Time> end_time = {};
  Time create_time = {};
  std::vector<Check> checks = {};
};

/// All subtasks, in the order in which they run.
std::vector<Subtask> subtasks_at(const TaskLife& life, const WorldRules& rules, Time now);

}  // namespace sas::simulator
