// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_rules.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tasks/durations.hpp"

namespace sas::policy {
namespace {

bool reached(Milliseconds elapsed, Milliseconds limit) {
  return limit > Milliseconds{0} && elapsed >= limit;
}

class Rules {
 public:
  Rules(const Situation& situation, const AlertLimits& limits, Time now)
      : situation_(situation), limits_(limits), now_(now) {}

  std::vector<Condition> judge() && {
    situation_.table.for_each(
        [this](tasks::Slot, const tasks::TrackedTask& tracked) { judge_task(tracked); });
    for (const ExpectedCheck& expected : limits_.expect)
      judge_expected(expected);
    judge_polls();
    judge_key();
    judge_drift();
    return std::move(conditions_);
  }

 private:
  void judge_task(const tasks::TrackedTask& tracked) {
    switch (tracked.task.status_code) {
      case tasks::kNotStarted:
        judge_waiting(tracked);
        break;
      case tasks::kRunning:
        judge_running(tracked);
        break;
      case tasks::kComplete:
      case tasks::kTimedOut:
        judge_ended(tracked);
        break;
      default:
        break;
    }
  }

  void judge_waiting(const tasks::TrackedTask& tracked) {
    const Milliseconds waits = now_ - tracked.task.create_time.value_or(tracked.first_seen);
    if (reached(waits, limits_.not_started_after))
      holds_for(tracked, Alert::not_started, limits_.not_started_after);
  }

  void judge_running(const tasks::TrackedTask& tracked) {
    if (reached(now_ - tracked.last_progress(), limits_.stalled_after))
      holds_for(tracked, Alert::stalled, limits_.stalled_after);
    const std::optional<Milliseconds> limit = run_limit(tracked.task.type);
    if (limit && reached(tasks::running_for(tracked.task, tracked.first_seen, now_), *limit))
      holds_for(tracked, Alert::running_longer_than, limit);
  }

  // Neighbours are mostly of one type: its limit is reckoned once for all of them.
  std::optional<Milliseconds> run_limit(const std::string& type) {
    if (run_limit_of_ != type) {
      run_limit_ = reckon_run_limit(type);
      run_limit_of_ = type;
    }
    return run_limit_;
  }

  // The shorter of what is set and what was learned.
  [[nodiscard]] std::optional<Milliseconds> reckon_run_limit(std::string_view type) const {
    std::optional<Milliseconds> limit;
    if (limits_.running_longer_than > Milliseconds{0}) limit = limits_.running_longer_than;
    if (!limits_.learn_durations) return limit;
    const std::optional<Milliseconds> learned = situation_.runs.limit(type);
    if (!learned) return limit;
    return limit ? std::min(*limit, *learned) : *learned;
  }

  void judge_ended(const tasks::TrackedTask& tracked) {
    if (now_ - tracked.task.end_time.value_or(tracked.status_changed) >= limits_.ended_for) return;
    if (tracked.task.status_code == tasks::kTimedOut) {
      holds_for(tracked, Alert::timed_out);
    } else if (tracked.subtasks && tracked.subtasks->failures() > 0) {
      holds_for(tracked, Alert::completed_with_failures);
    }
  }

  // None ever completed: it is missing when it could have been seen for as long as it may take.
  void judge_expected(const ExpectedCheck& expected) {
    const auto& types = situation_.watched_types;
    if (!types.empty() && std::find(types.begin(), types.end(), expected.task_type) == types.end()) return;
    const std::optional<Time> last = situation_.runs.last(expected.task_type);
    const std::optional<Time> since = last ? last : situation_.watched_since;
    if (!since || !reached(now_ - *since, expected.within)) return;
    holds(Alert::expected_check_missing,
          {.task_type = expected.task_type, .moment = last, .limit = expected.within}, expected.task_type);
  }

  void judge_polls() {
    const std::optional<PollTrouble>& trouble = situation_.trouble;
    if (!trouble || !reached(now_ - trouble->since, limits_.poll_failing_after)) return;
    holds(Alert::poll_failing, {.cause = std::string(to_string(trouble->failure)),
                                .detail = trouble->detail,
                                .moment = trouble->since,
                                .limit = limits_.poll_failing_after});
  }

  void judge_key() {
    if (is_expiring(situation_.key, limits_.credentials_expiring_within, now_))
      holds(Alert::credentials_expiring,
            {.moment = situation_.key.expires, .limit = limits_.credentials_expiring_within});
  }

  void judge_drift() {
    const ContractDrift& drift = situation_.drift;
    if (!drift.last || now_ - *drift.last >= limits_.contract_drift_for) return;
    holds(Alert::contract_drift, {.detail = fmt::format("{}", fmt::join(drift.fields, ", ")),
                                  .moment = drift.last,
                                  .limit = limits_.contract_drift_for});
  }

  void holds(Alert alert, Evidence evidence, std::string_view task_type = {}) {
    if (is_silenced(limits_.silences, alert, situation_.table.target(), task_type)) return;
    conditions_.push_back({.alert = alert, .subject = task_type, .evidence = std::move(evidence)});
  }

  void holds_for(const tasks::TrackedTask& tracked, Alert alert, std::optional<Milliseconds> limit = {}) {
    if (is_silenced(limits_.silences, alert, situation_.table.target(), tracked.task.type)) return;
    conditions_.push_back(
        {.alert = alert, .subject = tracked.task.id, .tracked = &tracked, .evidence = {.limit = limit}});
  }

  const Situation& situation_;
  const AlertLimits& limits_;
  Time now_;
  std::optional<std::string> run_limit_of_;
  std::optional<Milliseconds> run_limit_;
  std::vector<Condition> conditions_;
};

}  // namespace

std::vector<Condition> conditions(const Situation& situation, const AlertLimits& limits, Time now) {
  return Rules(situation, limits, now).judge();
}

}  // namespace sas::policy
