// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which alerts are firing, so that each is told once when it begins and once when it ends.

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "policy/alert.hpp"
#include "policy/alert_rules.hpp"
#include "tasks/task_table.hpp"

namespace sas::policy {

/// What could be judged.
enum class Sight : std::uint8_t {
  whole_list,
  partial,  // the poll failed: alerts that need the whole list stay as they are
};

/// A poll that ended, for the changes that come of it.
struct Judgement {
  Sight sight = Sight::whole_list;
  Time at;                 // when the poll was begun
  std::string request_id;  // of the last answer
};

class AlertState {
 public:
  using BySubject = std::map<std::pair<std::string, Alert>, FiringAlert>;

  /// Compares what holds with what fires: what is over comes first. `table` is where the tasks of alerts that
  /// are over are looked up.
  std::vector<AlertChange> update(std::vector<Condition> conditions, const tasks::TaskTable& table,
                                  const Judgement& judgement);

  [[nodiscard]] std::size_t firing(Alert alert) const;

  /// All that fire, for remembering across a restart; restore() puts them back without telling anybody.
  [[nodiscard]] const BySubject& firing() const { return firing_; }
  void restore(std::vector<FiringAlert> firing);

 private:
  /// What `firing` becomes where nothing holds it up any more; returns the alert after it.
  BySubject::iterator end(BySubject::iterator firing, const tasks::TaskTable& table,
                          const Judgement& judgement, std::vector<AlertChange>& changes);

  BySubject firing_;
};

}  // namespace sas::policy
