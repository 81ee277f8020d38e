// SPDX-License-Identifier: Apache-2.0
#pragma once
// The configuration from its file.

#include <string>
#include <variant>

#include "settings/parse.hpp"

namespace sas::cli {

/// One line for each thing that is wrong: `FILE:LINE:COLUMN: KEY: PROBLEM`.
struct Refusal {
  std::string lines;
};

std::variant<settings::Settings, Refusal> load_settings(const std::string& file,
                                                        const settings::Environment& environment);

}  // namespace sas::cli
