// SPDX-License-Identifier: Apache-2.0
#include "policy/alert.hpp"

#include <cstddef>

namespace sas::policy {
namespace {

struct Words {
  std::string_view name;
  std::string_view alertname;
  Severity severity;
};

// In the order of the enum.
constexpr std::array<Words, kAlerts.size()> kWords{{
    {"timed_out", "SasTaskTimedOut", Severity::warning},
    {"stalled", "SasTaskStalled", Severity::warning},
    {"not_started", "SasTaskNotStarted", Severity::warning},
    {"running_longer_than", "SasTaskRunningLong", Severity::warning},
    {"completed_with_failures", "SasTaskCompletedWithFailures", Severity::warning},
    {"expected_check_missing", "SasExpectedCheckMissing", Severity::critical},
    {"poll_failing", "SasPollFailing", Severity::critical},
    {"credentials_expiring", "SasCredentialsExpiring", Severity::critical},
    {"contract_drift", "SasContractDrift", Severity::info},
}};

const Words& words(Alert alert) {
  return kWords[static_cast<std::size_t>(alert)];
}

}  // namespace

std::string_view to_string(Alert alert) {
  return words(alert).name;
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::critical:
      return "critical";
  }
  return "warning";
}

Severity severity(Alert alert) {
  return words(alert).severity;
}

std::string_view alertname(Alert alert) {
  return words(alert).alertname;
}

bool needs_whole_list(Alert alert) {
  switch (alert) {
    case Alert::poll_failing:
    case Alert::credentials_expiring:
    case Alert::contract_drift:
      return false;
    default:
      return true;
  }
}

std::string_view to_string(AlertStatus status) {
  return status == AlertStatus::firing ? "firing" : "resolved";
}

}  // namespace sas::policy
