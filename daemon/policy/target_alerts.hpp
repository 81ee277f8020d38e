// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that has to be remembered between polls to judge a target's alerts, and the alerts that fire.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/alert_rules.hpp"
#include "policy/alert_state.hpp"
#include "policy/completed_runs.hpp"
#include "policy/key_health.hpp"
#include "policy/poll_failure.hpp"
#include "tasks/task_table.hpp"

namespace sas::policy {

class TargetAlerts {
 public:
  TargetAlerts(AlertLimits limits, std::vector<std::string> watched_types)
      : limits_(std::move(limits)), watched_types_(std::move(watched_types)) {}

  /// What fires under the old limits and would not under these ends with the next judgement.
  void change(AlertLimits limits, std::vector<std::string> watched_types) {
    limits_ = std::move(limits);
    watched_types_ = std::move(watched_types);
  }

  /// Goes on from where an earlier process stopped. What an alert was about is known again, so that it goes
  /// on until somebody sees that it is over.
  void restore(std::optional<Time> watched_since, CompletedRuns::ByType runs,
               std::vector<FiringAlert> firing);

  /// A run of the type completed, after so long where that is known.
  void run_completed(std::string_view task_type, Time at, std::optional<Milliseconds> duration);

  /// An answer did not keep the contract in this field.
  void contract_broken(std::string_view field, Time at);

  /// A poll that began at `at` saw the whole list. `settled`: and it can be trusted as that.
  void poll_completed(Time at, bool settled);

  /// A poll that began at `at` did not. Without a failure nothing new is known: what was, goes on. Returns
  /// what it counts as.
  PollFailure poll_failed(Time at, std::optional<PollFailure> failure, std::string detail);

  /// What began or ceased to fire, when the poll that began at `at` has ended. `request_id`: of the last
  /// answer.
  std::vector<AlertChange> judge(const tasks::TaskTable& table, const KeyHealth& key, Time at,
                                 const std::string& request_id);

  [[nodiscard]] const AlertState& state() const { return state_; }
  [[nodiscard]] const CompletedRuns& runs() const { return runs_; }
  [[nodiscard]] std::optional<Time> watched_since() const { return watched_since_; }

 private:
  [[nodiscard]] KeyHealth known(const KeyHealth& key) const;

  AlertLimits limits_;
  std::vector<std::string> watched_types_;  // empty: all
  AlertState state_;
  CompletedRuns runs_;
  std::optional<Time> watched_since_;  // start of the first complete poll
  std::optional<PollTrouble> trouble_;
  ContractDrift drift_;
  std::optional<Time> remembered_expiry_;  // of the key, from before a restart
};

}  // namespace sas::policy
