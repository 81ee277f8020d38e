// SPDX-License-Identifier: Apache-2.0
#include "alerts/held_alerts.hpp"

#include <algorithm>

#include "policy/alert_text.hpp"

namespace sas::alerts {
namespace {

bool is_over(const HeldAlert& alert) {
  return alert.change.status == policy::AlertStatus::resolved;
}

}  // namespace

void HeldAlerts::put(policy::AlertChange change, Instant now) {
  HeldAlert& held = held_[{change.target, change.alert, change.subject}];
  if (held.labels.empty()) held.labels = policy::labels(change);
  held.change = std::move(change);
  held.number = ++number_;
  held.told = now;
}

bool HeldAlerts::any_firing() const {
  return std::any_of(held_.begin(), held_.end(), [](const auto& entry) { return !is_over(entry.second); });
}

std::size_t HeldAlerts::newer(std::uint64_t number) const {
  return static_cast<std::size_t>(std::count_if(
      held_.begin(), held_.end(), [number](const auto& entry) { return entry.second.number > number; }));
}

std::vector<std::reference_wrapper<const HeldAlert>> HeldAlerts::select(std::uint64_t number,
                                                                        bool whole) const {
  std::vector<std::reference_wrapper<const HeldAlert>> selected;
  for (const auto& [key, alert] : held_) {
    if (alert.number > number || (whole && !is_over(alert))) selected.emplace_back(alert);
  }
  return selected;
}

void HeldAlerts::forget(std::uint64_t number) {
  std::erase_if(
      held_, [number](const auto& entry) { return is_over(entry.second) && entry.second.number <= number; });
}

std::size_t HeldAlerts::give_up(Instant then) {
  return std::erase_if(
      held_, [then](const auto& entry) { return is_over(entry.second) && entry.second.told <= then; });
}

}  // namespace sas::alerts
