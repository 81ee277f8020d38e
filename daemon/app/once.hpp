// SPDX-License-Identifier: Apache-2.0
#pragma once
// One poll of each target, and no more: for people, scripts and the textfile collector.

#include <functional>
#include <string>
#include <vector>

#include "app/look.hpp"
#include "exposition/format.hpp"
#include "settings/settings.hpp"

namespace sas::app {

/// What the polls saw, while it is there to be shown.
struct Seen {
  std::vector<Look> looks;  // in the order of the settings
  /// What `/metrics` would say, without the `process_*`.
  std::function<std::string(exposition::Format)> metrics;
};

/// Polls within the budget, neither reads nor writes the state file, and tells no sink. Ends the process with
/// what `show` returns.
int once(const settings::Settings& settings, const std::function<int(const Seen&)>& show);

}  // namespace sas::app
