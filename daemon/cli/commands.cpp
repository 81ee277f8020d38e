// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <ostream>

#include "cli/arguments.hpp"
#include "cli/config_file.hpp"
#include "cli/summary.hpp"
#include "settings/reference.hpp"

namespace sas::cli {
namespace {

int check_config(const Arguments& arguments, const settings::Settings& settings, const World& world) {
  world.output << arguments.config_file << ": valid\n" << summary(settings);
  return kFine;
}

int with_settings(const Arguments& arguments, const World& world) {
  auto loaded = load_settings(arguments.config_file, world.environment);
  if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
    world.errors << refusal->lines;
    return kUsage;
  }
  auto& settings = std::get<settings::Settings>(loaded);
  override_settings(settings, arguments);
  if (arguments.command == Arguments::Command::check_config) return check_config(arguments, settings, world);
  return world.daemon(settings);
}

}  // namespace

int run_command(const std::vector<std::string>& words, const World& world) {
  const auto parsed = parse_arguments(words);
  if (const auto* ending = std::get_if<Ending>(&parsed)) {
    world.output << ending->output;
    world.errors << ending->errors;
    return ending->exit_code;
  }
  const auto& arguments = std::get<Arguments>(parsed);
  switch (arguments.command) {
    case Arguments::Command::print_config_reference:
      world.output << settings::reference();
      return kFine;
    case Arguments::Command::print_config_default:
      world.output << settings::commented_default();
      return kFine;
    case Arguments::Command::run:
    case Arguments::Command::check_config:
      break;
  }
  return with_settings(arguments, world);
}

}  // namespace sas::cli
