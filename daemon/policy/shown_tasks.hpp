// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which tasks have series: those that have not ended, and those that ended within the retention; no more than
// the limit, active ones first, then the youngest.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "tasks/task_table.hpp"

namespace sas::policy {

struct ShowLimits {
  bool task_series = true;
  Milliseconds task_retention{};
  std::size_t max_tasks = 0;
};

struct ShownTasks {
  std::vector<tasks::Slot> shown;
  std::size_t dropped = 0;  // would have been shown, were there no limit
};

ShownTasks choose_shown(const tasks::TaskTable& table, const ShowLimits& limits, Time now);

}  // namespace sas::policy
