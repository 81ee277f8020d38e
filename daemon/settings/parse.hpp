// SPDX-License-Identifier: Apache-2.0
#pragma once
// From YAML text to Settings, or to everything that is wrong with it at once.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "settings/mistake.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// Looks up an environment variable for `${NAME}` in a value.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// All mistakes, in the order of their lines, or the settings. Reads no file: a `…_file` key is taken as it
/// is.
std::variant<Settings, std::vector<Mistake>> parse(std::string_view yaml, const Environment& environment);

}  // namespace sas::settings
