// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the settings of all targets mean for one of them.

#include "cloud/signed_operations_source.hpp"
#include "polling/scheduler.hpp"
#include "settings/settings.hpp"

namespace sas::app {

polling::WatchedTarget::Limits limits(const settings::Settings& settings);

cloud::CallSettings call_settings(const Target& target, const settings::Poll& poll);

/// The targets' loops go on under the one as under the other.
bool have_same_limits(const settings::Settings& a, const settings::Settings& b);

}  // namespace sas::app
