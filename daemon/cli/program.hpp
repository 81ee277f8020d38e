// SPDX-License-Identifier: Apache-2.0
#pragma once
// The whole program: the commands in the real world.

#include <string>
#include <vector>

namespace sas::cli {

/// `words` is the command line without the program's name. Returns the exit code.
int program(const std::vector<std::string>& words);

}  // namespace sas::cli
