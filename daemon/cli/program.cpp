// SPDX-License-Identifier: Apache-2.0
#include "cli/program.hpp"

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>

#include <sys/ioctl.h>
#include <unistd.h>

#include "app/doctor.hpp"
#include "app/once.hpp"
#include "app/run.hpp"
#include "app/serving.hpp"
#include "cli/commands.hpp"

namespace sas::cli {
namespace {

std::optional<std::string> environment_variable(std::string_view name) {
  const char* value = std::getenv(std::string{name}.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

// Colours as https://no-color.org asks for.
doctor::Terminal terminal() {
  if (::isatty(STDOUT_FILENO) == 0) return {};
  winsize size{};
  const bool is_known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  const bool is_plain = !environment_variable("NO_COLOR").value_or("").empty() ||
                        environment_variable("TERM").value_or("dumb") == "dumb";
  return {.colours = is_plain ? doctor::Terminal::Colours::without : doctor::Terminal::Colours::with,
          .width = is_known ? size.ws_col : std::size_t{0}};
}

}  // namespace

int program(const std::vector<std::string>& words) {
  return run_command(words, {.output = std::cout,
                             .errors = std::cerr,
                             .environment = environment_variable,
                             .daemon = app::run,
                             .once = app::once,
                             .doctor = app::doctor,
                             .terminal = terminal(),
                             .web_config_mistakes = app::web_config_mistakes});
}

}  // namespace sas::cli
