// SPDX-License-Identifier: Apache-2.0
#include "cli/describe.hpp"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/Option.hpp>
#include <fmt/format.h>

namespace sas::cli {
namespace {

std::vector<std::string> words_in(const std::string& value) {
  std::vector<std::string> words;
  std::istringstream rest{value};
  for (std::string word; std::getline(rest, word, '|');)
    words.push_back(word);
  return words.size() > 1 ? words : std::vector<std::string>{};
}

Flag describe(const CLI::Option& option) {
  Flag flag{.sentence = option.get_description()};
  for (const std::string& name : option.get_snames())
    flag.names.push_back(fmt::format("-{}", name));
  for (const std::string& name : option.get_lnames())
    flag.names.push_back(fmt::format("--{}", name));
  if (option.get_items_expected_max() == 0) return flag;
  flag.value = option.get_type_name();
  flag.words = words_in(flag.value);
  flag.standard = option.get_default_str();
  flag.is_repeatable = option.get_expected_max() > 1;
  return flag;
}

/// All but the help, which every command has.
std::vector<Flag> flags_of(const CLI::App& app, bool with_help) {
  std::vector<Flag> flags;
  for (const CLI::Option* option : app.get_options())
    if (with_help || option != app.get_help_ptr()) flags.push_back(describe(*option));
  return flags;
}

}  // namespace

Description describe(const CLI::App& app) {
  Description description{.program = app.get_name(),
                          .sentence = app.get_description(),
                          .flags = flags_of(app, true),
                          .commands = {}};
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    description.commands.push_back({.name = command->get_name(),
                                    .sentence = command->get_description(),
                                    .flags = flags_of(*command, false)});
  return description;
}

}  // namespace sas::cli
