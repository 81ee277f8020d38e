// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a target's loop needs to go on after a restart as if it had not stopped.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/alert.hpp"
#include "policy/completed_runs.hpp"
#include "policy/news.hpp"
#include "tasks/task_table.hpp"

namespace sas::snapshot {

/// What is remembered of a target as a whole.
struct TargetMark {
  std::string target;    // its name
  std::string endpoint;  // another one is another account: what is remembered says nothing of it
  std::optional<Time> last_complete =
      {};                                 // when its last complete poll began; none: there is no baseline yet
  std::optional<Time> listed_since = {};  // how far back, by creation, its lists have been read
  std::optional<Time> watched_since = {};  // when its first complete poll began
  std::uint64_t last_number = 0;           // of its news; goes on counting where the endpoint changes

  friend bool operator==(const TargetMark&, const TargetMark&) = default;
};

struct TargetState {
  TargetMark mark;
  std::vector<tasks::TrackedTask> tasks;  // `seen_in` is not kept: 0 after loading
  std::vector<policy::FiringAlert> alerts;
  policy::CompletedRuns::ByType runs;
  std::vector<policy::News> untold;  // oldest first; what was acknowledged is left out when loading
};

}  // namespace sas::snapshot
