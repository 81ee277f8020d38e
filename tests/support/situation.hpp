// SPDX-License-Identifier: Apache-2.0
#pragma once
// All that the alert rules look at, put together piece by piece.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/alert_rules.hpp"
#include "support/task_builder.hpp"

namespace sas::support {

struct Scene {
  tasks::TaskTable table{"production"};
  policy::CompletedRuns runs;
  std::optional<Time> watched_since;
  std::vector<std::string> watched_types;
  std::optional<policy::PollTrouble> trouble;
  policy::KeyHealth key;
  policy::ContractDrift drift;

  Scene() = default;
  explicit Scene(tasks::TrackedTask tracked) { table.insert(std::move(tracked)); }

  [[nodiscard]] policy::Situation situation() const {
    return {.table = table,
            .runs = runs,
            .watched_since = watched_since,
            .watched_types = watched_types,
            .trouble = trouble,
            .key = key,
            .drift = drift};
  }

  /// "alert subject" of each condition that holds; "alert" where there is no subject.
  [[nodiscard]] std::vector<std::string> holding(const policy::AlertLimits& limits, Time now) const {
    std::vector<std::string> words;
    for (const policy::Condition& condition : policy::conditions(situation(), limits, now)) {
      std::string word(to_string(condition.alert));
      if (!condition.subject.empty()) word.append(" ").append(condition.subject);
      words.push_back(std::move(word));
    }
    return words;
  }
};

}  // namespace sas::support
