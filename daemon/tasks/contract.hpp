// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the API's documentation lets one expect of a task, checked. A breach is told and counted; the task is
// kept as it came.

#include <vector>

#include "tasks/observation.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

/// Numbers of one row that do not go together: more finished than there is, an end before the start, times to
/// come.
std::vector<Violation> check_row(const Task& task, Time at);

/// What moved the wrong way since the task was last seen: status, progress, or what never changes (type,
/// creation).
std::vector<Violation> check_step(const Task& before, const Task& after);

}  // namespace sas::tasks
