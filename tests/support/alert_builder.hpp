// SPDX-License-Identifier: Apache-2.0
#pragma once
// Alerts in one line, for tests that care about one or two of their fields.

#include <string>
#include <utility>

#include "policy/alert.hpp"
#include "support/task_builder.hpp"

namespace sas::support {

/// Of target `production`, since noon.
inline policy::AlertChange firing(policy::Alert alert, std::string subject, policy::Evidence evidence = {}) {
  return {.target = "production",
          .alert = alert,
          .subject = std::move(subject),
          .status = policy::AlertStatus::firing,
          .evidence = std::move(evidence),
          .since = kNoon,
          .at = kNoon,
          .request_id = "R-1"};
}

inline policy::AlertChange stalled(const std::string& id) {
  return firing(policy::Alert::stalled, id, {.tracked = seen_at_noon(running(id))});
}

/// Ten minutes after it began.
inline policy::AlertChange resolved(policy::AlertChange change) {
  change.status = policy::AlertStatus::resolved;
  change.at = change.since + std::chrono::minutes{10};
  return change;
}

}  // namespace sas::support
