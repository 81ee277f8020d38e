// SPDX-License-Identifier: Apache-2.0
#pragma once
// The heart: what an observation says that the table did not know yet. Each step of a task's life comes out exactly
// once, over all observations that are ever applied to the same table.

#include <vector>

#include "tasks/observation.hpp"
#include "tasks/task_table.hpp"
#include "tasks/transition.hpp"

namespace sas::tasks {

enum class Telling : std::uint8_t {
  changes,   // the table knows what was before: what is new has happened since
  baseline,  // the first look: what is there has always been there, and nothing is told
};

struct Changes {
  std::vector<Transition> transitions;  // in the order they happened to each task
  std::vector<Slot> appeared;
  std::vector<Slot> updated;            // seen before, and something about it moved
  std::vector<Slot> missing;            // active, and not in this complete observation
  std::vector<Violation> violations;    // lives that the API does not document: status or progress going backwards, …
};

/// Applies an observation to the table and says what it changed. Never removes a task: see forget().
Changes apply(TaskTable& table, const Observation& seen, Telling telling);

/// Drops the tasks that can no longer come back in a listing: ended, created before `created_before`, and not in the
/// observation that was asked for at `seen_at`. Until then a task must be remembered, or it would be told again.
std::vector<std::string> forget(TaskTable& table, Time created_before, Time seen_at);

}  // namespace sas::tasks
