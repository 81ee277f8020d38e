// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon from start to stop. Read run.cpp first: it is the one place where everything is put together.

#include "settings/settings.hpp"

namespace sas::app {

/// Runs until SIGTERM or SIGINT. Returns the exit code: 0 after an ordered stop, 1 where something could not
/// be started or did not stop in time.
int run(const settings::Settings& settings);

}  // namespace sas::app
