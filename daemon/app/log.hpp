// SPDX-License-Identifier: Apache-2.0
#pragma once
// The log that the settings ask for.

#include "runtime/logging.hpp"
#include "settings/settings.hpp"

namespace sas::app {

/// Writes to standard error.
runtime::Log make_log(const settings::Log& wanted);

void change(runtime::Log& log, const settings::Log& wanted);

}  // namespace sas::app
