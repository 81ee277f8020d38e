// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <ostream>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cli/arguments.hpp"
#include "cli/config_file.hpp"
#include "cli/looks_json.hpp"
#include "cli/looks_table.hpp"
#include "cli/output_file.hpp"
#include "cli/summary.hpp"
#include "doctor/json.hpp"
#include "settings/reference.hpp"

namespace sas::cli {
namespace {

int check_config(const Arguments& arguments, const settings::Settings& settings, const World& world) {
  world.output << arguments.config_file << ": valid\n" << summary(settings);
  return kFine;
}

std::string rendered(const app::Seen& seen, Arguments::Format format) {
  switch (format) {
    case Arguments::Format::table:
      return looks_table(seen.looks);
    case Arguments::Format::json:
      return looks_json(seen.looks);
    case Arguments::Format::openmetrics:
      return seen.metrics(exposition::Format::openmetrics);
    case Arguments::Format::textfile:
      break;
  }
  return seen.metrics(exposition::Format::text);
}

/// False, and so told, where nobody takes it.
bool write(const World& world, const std::string& text) {
  world.output << text << std::flush;
  if (!world.output) world.errors << "cannot write to standard output\n";
  return static_cast<bool>(world.output);
}

/// Also where a poll failed, what was seen is shown, and that it is not all.
int show(const Arguments& arguments, const World& world, const app::Seen& seen) {
  int code = kFine;
  for (const app::Look& look : seen.looks) {
    if (look.result == policy::PollResult::complete) continue;
    world.errors << fmt::format("{}: {}: {}\n", look.target, policy::to_string(look.result), look.trouble);
    code = kFailed;
  }
  const std::string text = rendered(seen, arguments.format);
  if (arguments.output.empty()) return write(world, text) ? code : kFailed;
  if (const auto problem = write_output_file(arguments.output, text)) {
    world.errors << *problem << '\n';
    return kFailed;
  }
  return code;
}

int once(const Arguments& arguments, settings::Settings settings, const World& world) {
  // What went wrong is told once, by show().
  if (!arguments.log_level) settings.log.level = settings::LogLevel::error;
  return world.once(settings, [&](const app::Seen& seen) { return show(arguments, world, seen); });
}

int show(const Arguments& arguments, const World& world, const doctor::Report& report) {
  const bool is_json = arguments.format == Arguments::Format::json;
  if (!write(world, is_json ? doctor::to_json(report) : doctor::to_table(report, world.terminal)))
    return kFailed;
  return doctor::worst(report) == doctor::Status::failed ? kFailed : kFine;
}

int doctor(const Arguments& arguments, settings::Settings settings, const World& world) {
  // What goes wrong is a finding; the log would tell it a second time.
  if (!arguments.log_level) settings.log.level = settings::LogLevel::error;
  return world.doctor(settings, [&](const doctor::Report& report) { return show(arguments, world, report); });
}

/// From the file, and the command line over it.
std::variant<settings::Settings, Refusal> read(const Arguments& arguments, const World& world) {
  auto loaded = load_settings(arguments.config_file, world.environment);
  if (auto* const settings = std::get_if<settings::Settings>(&loaded))
    override_settings(*settings, arguments);
  return loaded;
}

int run(const Arguments& arguments, const settings::Settings& settings, const World& world) {
  return world.daemon(settings, [arguments, world]() -> std::variant<settings::Settings, std::string> {
    auto again = read(arguments, world);
    if (auto* const refusal = std::get_if<Refusal>(&again)) return std::move(refusal->lines);
    return std::get<settings::Settings>(std::move(again));
  });
}

int with_settings(const Arguments& arguments, const World& world) {
  auto loaded = read(arguments, world);
  if (const auto* refusal = std::get_if<Refusal>(&loaded)) {
    world.errors << refusal->lines;
    return kUsage;
  }
  auto& settings = std::get<settings::Settings>(loaded);
  if (arguments.command == Arguments::Command::once) return once(arguments, std::move(settings), world);
  if (arguments.command == Arguments::Command::doctor) return doctor(arguments, std::move(settings), world);
  if (const auto mistakes = world.web_config_mistakes(settings)) {
    world.errors << *mistakes;
    return kUsage;
  }
  if (arguments.command == Arguments::Command::check_config) return check_config(arguments, settings, world);
  return run(arguments, settings, world);
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
    case Arguments::Command::print_config_schema:
      world.output << settings::json_schema();
      return kFine;
    case Arguments::Command::run:
    case Arguments::Command::once:
    case Arguments::Command::check_config:
    case Arguments::Command::doctor:
      break;
  }
  return with_settings(arguments, world);
}

}  // namespace sas::cli
