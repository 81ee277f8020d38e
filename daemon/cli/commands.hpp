// SPDX-License-Identifier: Apache-2.0
#pragma once
// Carries out what the command line asks for.

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "app/once.hpp"
#include "app/reload.hpp"
#include "doctor/check.hpp"
#include "doctor/table.hpp"
#include "settings/parse.hpp"

namespace sas::cli {

/// What the commands use of the world outside.
struct World {
  std::ostream& output;  // for a person or a pipe
  std::ostream& errors;
  settings::Environment environment;
  /// The second is how a reload reads the settings again. Returns the exit code.
  std::function<int(const settings::Settings&, app::ReadSettings)> daemon;
  std::function<int(const settings::Settings&, const std::function<int(const app::Seen&)>&)> once;
  std::function<int(const settings::Settings&, const std::function<int(const doctor::Report&)>&)> doctor;
  doctor::Terminal terminal = {};  // behind `output`
  /// What is wrong with the files that the daemon's server needs, a line each; none where nothing is.
  std::function<std::optional<std::string>(const settings::Settings&)> web_config_mistakes = {};
};

/// `words` is the command line without the program's name. Returns the exit code.
int run_command(const std::vector<std::string>& words, const World& world);

}  // namespace sas::cli
