// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>

#include "app/once.hpp"
#include "app/run.hpp"
#include "cli/commands.hpp"

namespace sas::cli {
namespace {

std::optional<std::string> environment_variable(std::string_view name) {
  const char* value = std::getenv(std::string{name}.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

}  // namespace

int program(const std::vector<std::string>& words) {
  return run_command(words, {.output = std::cout,
                             .errors = std::cerr,
                             .environment = environment_variable,
                             .daemon = app::run,
                             .once = app::once});
}

}  // namespace sas::cli
