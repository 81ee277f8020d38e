// SPDX-License-Identifier: Apache-2.0
#include "policy/target_alerts.hpp"

#include <utility>

namespace sas::policy {
namespace {

// So many fields are named as drifting; others choose their names.
constexpr std::size_t kMostFields = 20;

}  // namespace

void TargetAlerts::restore(std::optional<Time> watched_since, CompletedRuns::ByType runs,
                           std::vector<FiringAlert> firing) {
  watched_since_ = watched_since;
  runs_.restore(std::move(runs));
  for (const FiringAlert& alert : firing) {
    const Evidence& evidence = alert.evidence;
    const Time moment = evidence.moment.value_or(alert.since);
    if (alert.alert == Alert::poll_failing) {
      trouble_ = {.since = moment, .failure = poll_failure(evidence.cause), .detail = evidence.detail};
    } else if (alert.alert == Alert::credentials_expiring) {
      remembered_expiry_ = moment;
    } else if (alert.alert == Alert::contract_drift) {
      drift_ = {.last = moment, .fields = {evidence.detail}};
    }
  }
  state_.restore(std::move(firing));
}

void TargetAlerts::run_completed(std::string_view task_type, Time at, std::optional<Milliseconds> duration) {
  runs_.add(task_type, at, duration);
}

void TargetAlerts::contract_broken(std::string_view field, Time at) {
  const bool is_over = !drift_.last || at - *drift_.last >= limits_.contract_drift_for;
  if (is_over) drift_.fields.clear();
  drift_.last = at;
  if (drift_.fields.size() < kMostFields) drift_.fields.emplace(field);
}

void TargetAlerts::poll_completed(Time at, bool settled) {
  trouble_.reset();
  if (settled && !watched_since_) watched_since_ = at;
}

PollFailure TargetAlerts::poll_failed(Time at, std::optional<PollFailure> failure, std::string detail) {
  if (!trouble_) trouble_ = {.since = at, .failure = PollFailure::network, .detail = {}};
  if (failure) trouble_->failure = *failure;
  trouble_->detail = std::move(detail);
  return trouble_->failure;
}

std::vector<AlertChange> TargetAlerts::judge(const tasks::TaskTable& table, const KeyHealth& key, Time at,
                                             const std::string& request_id) {
  const KeyHealth known_key = known(key);
  const Situation situation{.table = table,
                            .runs = runs_,
                            .watched_since = watched_since_,
                            .watched_types = watched_types_,
                            .trouble = trouble_,
                            .key = known_key,
                            .drift = drift_};
  const Judgement judgement{
      .sight = trouble_ ? Sight::partial : Sight::whole_list, .at = at, .request_id = request_id};
  return state_.update(conditions(situation, limits_, at), table, judgement);
}

// Until a key has signed in this process, what was known of it in the last one holds.
KeyHealth TargetAlerts::known(const KeyHealth& key) const {
  if (key.has_signed || !remembered_expiry_) return key;
  return {.has_signed = false, .expires = remembered_expiry_, .renewal_failed = true};
}

}  // namespace sas::policy
