// SPDX-License-Identifier: Apache-2.0
#pragma once
// Alerts to Alertmanager (API v2), as Prometheus sends them: what fires is said again each minute, with an
// end four minutes ahead, so that it ends by itself where nobody says more; what is over is said until it has
// been taken, for a quarter of an hour at most. Each address of a cluster is told for itself, and none waits
// for another.

#include <memory>
#include <string>
#include <vector>

#include "alerts/sink.hpp"
#include "alerts/surroundings.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"

namespace sas::alerts {

constexpr Milliseconds kResend{60'000};
constexpr Milliseconds kEndsAfter = 4 * kResend;  // Alertmanager's own resolve_timeout is five minutes
constexpr Milliseconds kResolvedFor = std::chrono::minutes{15};

struct AlertmanagerSettings {
  std::string name;
  std::vector<std::string> urls;  // of each member of the cluster, with the path prefix where it has one
  Secret bearer_token = {};       // in the one or in the other
  std::string bearer_token_file = {};
  std::string ca_file = {};      // trusted besides the system's
  std::string runbook_url = {};  // prefix of the addresses of the runbooks; empty: none are named
};

std::unique_ptr<Sink> make_alertmanager_sink(const AlertmanagerSettings& settings,
                                             const Surroundings& surroundings);

}  // namespace sas::alerts
