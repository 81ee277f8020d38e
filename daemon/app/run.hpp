// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon from start to stop. Read run.cpp first: it is the one place where everything is put together.

#include "app/reload.hpp"
#include "settings/settings.hpp"

namespace sas::app {

/// Runs until SIGTERM or SIGINT; SIGHUP and `POST /-/reload` take what `read` gives then. Returns the exit
/// code: 0 after an ordered stop, 1 where something could not be started or did not stop in time.
int run(const settings::Settings& settings, ReadSettings read);

}  // namespace sas::app
