// SPDX-License-Identifier: Apache-2.0
#pragma once
// The heart: what a page says that the table did not know yet. Each step of a task's life comes out exactly
// once, over all pages that are ever applied to the same table.

#include <cstddef>
#include <vector>

#include "tasks/observation.hpp"
#include "tasks/task_table.hpp"
#include "tasks/transition.hpp"

namespace sas::tasks {

struct Changes {
  std::vector<Transition> transitions;  // in the order they happened to each task
  std::vector<Slot> updated;            // new to the table, or something about the task moved
  std::vector<Violation> violations;    // lives and numbers that the API does not document
};

/// Applies a page. A task that an earlier page of the same observation showed in a later state stays as it
/// is: pages shift while they are read, and the older row is the staler one.
Changes apply(TaskTable& table, Page page, const Observation& observation);

/// The tasks that have not ended and were not on any page of the observation. Means something only where the
/// pages were the whole list.
std::vector<Slot> missing(const TaskTable& table, const Observation& observation);

/// So many complete observations without a trace, and a task has vanished.
constexpr unsigned kAbsencesToVanish = 3;

/// Counts an absence for each missing task; with the third in a row it has vanished, and stays in the table
/// as that, in case it comes back. Call it once for an observation that saw the whole list, when the missing
/// have been asked for by their ids.
Changes note_absences(TaskTable& table, const Observation& observation);

/// Drops the tasks that no listing shows any more: ended or vanished, last seen or changed before
/// `before`, and not on any page of the observation. Until then a task must be remembered, or it would be
/// told again; also one that is too old to be listed, since it may be reopened. Returns how many.
std::size_t forget(TaskTable& table, Time before, const Observation& observation);

}  // namespace sas::tasks
