// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_state.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

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

using Key = std::pair<std::string_view, Alert>;

Key key_of(const Condition& condition) {
  return {condition.subject, condition.alert};
}

Key key_of(const FiringAlert& firing) {
  return {firing.subject, firing.alert};
}

// Those that count, in the order in which alerts are kept; the first of those that say the same. Pointers,
// since evidence is heavy to move about.
std::vector<Condition*> in_order(std::vector<Condition>& conditions, Sight sight) {
  std::vector<Condition*> ordered;
  ordered.reserve(conditions.size());
  for (Condition& condition : conditions)
    if (is_judged(condition.alert, sight)) ordered.push_back(&condition);
  std::ranges::stable_sort(ordered, {}, [](const Condition* condition) { return key_of(*condition); });
  const auto same = [](const Condition* a, const Condition* b) { return key_of(*a) == key_of(*b); };
  ordered.erase(std::unique(ordered.begin(), ordered.end(), same), ordered.end());
  return ordered;
}

// Assigned, not made anew: the strings of an alert that goes on keep their memory.
void take_evidence(FiringAlert& firing, Condition& condition) {
  if (!condition.tracked) {
    firing.evidence = std::move(condition.evidence);
    return;
  }
  firing.evidence.limit = condition.evidence.limit;
  firing.evidence.tracked = *condition.tracked;
}

}  // namespace

std::vector<AlertChange> AlertState::update(std::vector<Condition> conditions, const tasks::TaskTable& table,
                                            const Judgement& judgement) {
  std::vector<AlertChange> changes;
  std::vector<AlertChange> begun;
  auto next = firing_.begin();
  for (Condition* const condition : in_order(conditions, judgement.sight)) {
    const Key key = key_of(*condition);
    while (next != firing_.end() && key_of(next->second) < key)
      next = end(next, table, judgement, changes);
    if (next != firing_.end() && key_of(next->second) == key) {
      take_evidence(next->second, *condition);
      ++next;
      continue;
    }
    FiringAlert firing{.alert = condition->alert,
                       .subject = std::string(condition->subject),
                       .evidence = {},
                       .since = judgement.at};
    take_evidence(firing, *condition);
    begun.push_back(change(table.target(), AlertStatus::firing, firing, judgement));
    std::pair<std::string, Alert> kept(firing.subject, firing.alert);
    firing_.emplace_hint(next, std::move(kept), std::move(firing));
  }
  while (next != firing_.end())
    next = end(next, table, judgement, changes);
  std::ranges::move(begun, std::back_inserter(changes));
  return changes;
}

AlertState::BySubject::iterator AlertState::end(BySubject::iterator firing, const tasks::TaskTable& table,
                                                const Judgement& judgement,
                                                std::vector<AlertChange>& changes) {
  FiringAlert& over = firing->second;
  if (!is_judged(over.alert, judgement.sight)) return std::next(firing);
  if (const auto slot = table.find(over.subject); slot && over.evidence.tracked)
    over.evidence.tracked = table.at(*slot);
  changes.push_back(change(table.target(), AlertStatus::resolved, over, judgement));
  return firing_.erase(firing);
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
