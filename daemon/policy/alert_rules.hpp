// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wrong with a target and its tasks, as a function of what is known of them and the time.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/alert.hpp"
#include "policy/completed_runs.hpp"
#include "policy/key_health.hpp"
#include "policy/poll_failure.hpp"
#include "policy/silence.hpp"
#include "tasks/task_table.hpp"

namespace sas::policy {

/// A check of the type should complete at least so often.
struct ExpectedCheck {
  std::string task_type;
  Milliseconds within{};
};

/// A limit of zero switches its rule off.
struct AlertLimits {
  Milliseconds stalled_after{};
  Milliseconds not_started_after{};
  Milliseconds running_longer_than{};
  bool learn_durations = false;  // running_longer_than: what was learned counts as well
  Milliseconds ended_for{};      // how long an end is worth an alert: as long as the task's series are kept
  std::vector<ExpectedCheck> expect = {};
  Milliseconds poll_failing_after{};
  Milliseconds credentials_expiring_within{};
  Milliseconds contract_drift_for{};
  std::vector<Silence> silences = {};
};

/// What was last seen that the API does not document.
struct ContractDrift {
  std::optional<Time> last = {};  // none: nothing yet
  std::set<std::string, std::less<>> fields = {};
};

/// All that the rules look at.
struct Situation {
  const tasks::TaskTable& table;
  const CompletedRuns& runs;
  std::optional<Time> watched_since;              // start of the first complete poll
  const std::vector<std::string>& watched_types;  // empty: all
  const std::optional<PollTrouble>& trouble;      // none: the last poll was complete
  const KeyHealth& key;
  const ContractDrift& drift;
};

/// An alert that should fire now. Most hold for many polls, so what they are about is not copied with each:
/// it points into the situation and the limits.
struct Condition {
  Alert alert = Alert::timed_out;
  std::string_view subject;
  const tasks::TrackedTask* tracked = nullptr;  // null: it is not about a task
  Evidence evidence;                            // but for the task
};

/// All that holds. `now` is when the poll that ended last was begun: a failing poll makes nothing stall.
/// Without a whole list only those count that need none.
std::vector<Condition> conditions(const Situation& situation, const AlertLimits& limits, Time now);

}  // namespace sas::policy
