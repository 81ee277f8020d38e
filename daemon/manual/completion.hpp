// SPDX-License-Identifier: Apache-2.0
#pragma once
// What shells complete, from what the command line says of itself: commands, flags, values that are one of a
// few, and the names of files.

#include <string>

#include "cli/description.hpp"

namespace sas::manual {

std::string bash_completion(const cli::Description& program);
std::string zsh_completion(const cli::Description& program);
std::string fish_completion(const cli::Description& program);

}  // namespace sas::manual
