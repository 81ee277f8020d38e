// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_state.hpp"

#include <algorithm>
#include <optional>

namespace sas::policy {

std::string_view to_string(AlertStatus status) {
  return status == AlertStatus::firing ? "firing" : "resolved";
}

std::vector<AlertChange> AlertState::update(const tasks::TaskTable& table, const AlertLimits& limits,
                                            Time now, const std::string& request_id) {
  std::vector<AlertChange> changes;
  const auto tell = [&](AlertStatus status, const FiringAlert& firing) {
    changes.push_back({.target = table.target(),
                       .alert = firing.alert,
                       .status = status,
                       .tracked = firing.tracked,
                       .since = firing.since,
                       .at = now,
                       .request_id = request_id});
  };

  for (auto entry = firing_.begin(); entry != firing_.end();) {
    const auto& [id, alert] = entry->first;
    const std::optional<tasks::Slot> slot = table.find(id);
    if (slot) entry->second.tracked = table.at(*slot);
    const std::vector<Alert> still = slot ? holding(table.at(*slot), limits, now) : std::vector<Alert>{};
    if (std::find(still.begin(), still.end(), alert) != still.end()) {
      ++entry;
    } else {
      tell(AlertStatus::resolved, entry->second);
      entry = firing_.erase(entry);
    }
  }

  table.for_each([&](tasks::Slot, const tasks::TrackedTask& tracked) {
    for (const Alert alert : holding(tracked, limits, now)) {
      const auto [entry, is_new] =
          firing_.try_emplace({tracked.task.id, alert}, FiringAlert{alert, tracked, now});
      if (is_new) tell(AlertStatus::firing, entry->second);
    }
  });
  return changes;
}

std::size_t AlertState::firing(Alert alert) const {
  return static_cast<std::size_t>(std::count_if(
      firing_.begin(), firing_.end(), [alert](const auto& entry) { return entry.first.second == alert; }));
}

void AlertState::restore(std::vector<FiringAlert> firing) {
  firing_.clear();
  for (FiringAlert& alert : firing) {
    std::pair<std::string, Alert> key(alert.tracked.task.id, alert.alert);
    firing_.emplace(std::move(key), std::move(alert));
  }
}

}  // namespace sas::policy
