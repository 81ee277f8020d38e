// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs another program to its end: the real readers of what this project writes, such as promtool.

#include <string>
#include <string_view>
#include <vector>

namespace sas::support {

struct ProgramRun {
  int exit_code = -1;
  std::string output;  // standard output and standard error
};

/// Throws std::runtime_error where the program cannot be started.
ProgramRun run_program(const std::vector<std::string>& arguments, std::string_view standard_input);

}  // namespace sas::support
