// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a running process can take of other settings, and what it can't.

#include <functional>
#include <string>
#include <variant>

#include "settings/settings.hpp"

namespace sas::app {

/// The configuration as its file says now; or what is wrong with it, a line for each mistake.
using ReadSettings = std::function<std::variant<settings::Settings, std::string>()>;

/// What has changed and can't while the process runs, as a sentence; empty: nothing.
std::string needs_restart(const settings::Settings& before, const settings::Settings& next);

}  // namespace sas::app
