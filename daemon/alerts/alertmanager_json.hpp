// SPDX-License-Identifier: Apache-2.0
#pragma once
// Alerts as Alertmanager's API takes them.
// Source: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, postableAlerts

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "alerts/held_alerts.hpp"
#include "base/time.hpp"

namespace sas::alerts {

/// What fires is said to fire until `until`, should nobody say more of it; what is over ended when it was
/// seen to be. `runbooks`: prefix of the addresses of the runbooks; empty: none.
std::string postable_alerts(std::span<const std::reference_wrapper<const HeldAlert>> alerts, Time until,
                            std::string_view runbooks);

}  // namespace sas::alerts
