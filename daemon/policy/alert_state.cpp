// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_state.hpp"

#include <algorithm>
#include <optional>

namespace sas::policy {
namespace {

AlertChange change(const std::string& target, AlertStatus status, const FiringAlert& firing,
                   const Judgement& judgement) {
  return {.target = target,
          .alert = firing.alert,
          .subject = firing.subject,
          .status = status,
          .evidence = firing.evidence,
          .since = firing.since,
          .at = judgement.at,
          .request_id = judgement.request_id};
}

bool is_judged(Alert alert, Sight sight) {
  return sight == Sight::whole_list || !needs_whole_list(alert);
}

}  // namespace

std::vector<AlertChange> AlertState::update(std::vector<Condition> conditions, const tasks::TaskTable& table,
                                            const Judgement& judgement) {
  std::map<std::pair<std::string, Alert>, Evidence> hold;
  for (Condition& condition : conditions) {
    if (is_judged(condition.alert, judgement.sight))
      hold.try_emplace({std::move(condition.subject), condition.alert}, std::move(condition.evidence));
  }
  std::vector<AlertChange> changes;
  for (auto entry = firing_.begin(); entry != firing_.end();) {
    FiringAlert& firing = entry->second;
    const auto still = hold.find(entry->first);
    if (still != hold.end()) {
      firing.evidence = std::move(still->second);
      hold.erase(still);
      ++entry;
    } else if (!is_judged(firing.alert, judgement.sight)) {
      ++entry;
    } else {
      if (const auto slot = table.find(firing.subject); slot && firing.evidence.tracked)
        firing.evidence.tracked = table.at(*slot);
      changes.push_back(change(table.target(), AlertStatus::resolved, firing, judgement));
      entry = firing_.erase(entry);
    }
  }
  for (auto& [key, evidence] : hold) {
    FiringAlert firing{
        .alert = key.second, .subject = key.first, .evidence = std::move(evidence), .since = judgement.at};
    changes.push_back(change(table.target(), AlertStatus::firing, firing, judgement));
    firing_.emplace(key, std::move(firing));
  }
  return changes;
}

std::size_t AlertState::firing(Alert alert) const {
  return static_cast<std::size_t>(std::count_if(
      firing_.begin(), firing_.end(), [alert](const auto& entry) { return entry.first.second == alert; }));
}

void AlertState::restore(std::vector<FiringAlert> firing) {
  firing_.clear();
  for (FiringAlert& alert : firing) {
    std::pair<std::string, Alert> key(alert.subject, alert.alert);
    firing_.emplace(std::move(key), std::move(alert));
  }
}

}  // namespace sas::policy
