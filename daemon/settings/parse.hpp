// SPDX-License-Identifier: Apache-2.0
#pragma once
// From YAML text to Settings, or to everything that is wrong with it at once.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "settings/settings.hpp"

namespace sas::settings {

/// One thing that is wrong, and what would be right.
struct Mistake {
  int line = 0;         // from 1; 0: the file as a whole
  int column = 0;       // from 1
  std::string key;      // `poll.interval`, `targets[0].site`; empty: the file as a whole
  std::string problem;  // what was found and what would be right, in one sentence
};

/// `FILE:LINE:COLUMN: KEY: PROBLEM`
std::string to_string(const Mistake& mistake, std::string_view file);

/// Looks up an environment variable for `${NAME}` in a value.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// All mistakes, in the order of their lines, or the settings.
std::variant<Settings, std::vector<Mistake>> parse(std::string_view yaml, const Environment& environment);

}  // namespace sas::settings
