// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long tasks ran, from the times that the API gave or, failing those, from when they were seen.

#include <optional>

#include "tasks/task.hpp"

namespace sas::tasks {

/// From start to end of a task that has ended. StartTime falls back to CreateTime, EndTime to when the end
/// was seen; none where there is no beginning, or where the end lies before it.
std::optional<Milliseconds> run_duration(const Task& task, Time seen_at);

/// How long a task that has not ended has been running (or waiting), by StartTime, else CreateTime, else
/// `first_seen`.
Milliseconds running_for(const Task& task, Time first_seen, Time now);

}  // namespace sas::tasks
