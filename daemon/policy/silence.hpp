// SPDX-License-Identifier: Apache-2.0
#pragma once
// Alerts that the settings do not want to hear of.

#include <string>
#include <string_view>
#include <vector>

#include "policy/alert.hpp"

namespace sas::policy {

/// What is empty fits anything.
struct Silence {
  std::string alert;
  std::string target;
  std::string task_type;
};

inline bool is_silenced(const std::vector<Silence>& silences, Alert alert, std::string_view target,
                        std::string_view task_type) {
  for (const Silence& silence : silences) {
    const bool fits = (silence.alert.empty() || silence.alert == to_string(alert)) &&
                      (silence.target.empty() || silence.target == target) &&
                      (silence.task_type.empty() || silence.task_type == task_type);
    if (fits) return true;
  }
  return false;
}

}  // namespace sas::policy
