// SPDX-License-Identifier: Apache-2.0
#pragma once
// The sinks that the settings name.

#include <memory>
#include <vector>

#include "alerts/sink.hpp"
#include "alerts/surroundings.hpp"
#include "settings/settings.hpp"

namespace sas::app {

std::vector<std::unique_ptr<alerts::Sink>> make_sinks(const settings::Alerts& settings,
                                                      const alerts::Surroundings& surroundings);

}  // namespace sas::app
