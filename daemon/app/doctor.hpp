// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every target examined, and no more: for people who set one up, and for scripts.

#include <functional>

#include "doctor/check.hpp"
#include "settings/settings.hpp"

namespace sas::app {

/// Examines all targets at the same time, within the budget; reads and writes no state file. Ends the process
/// with what `show` returns.
int doctor(const settings::Settings& settings, const std::function<int(const doctor::Report&)>& show);

}  // namespace sas::app
