// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "manual/completion.hpp"

namespace sas::manual {
namespace {

/// Between single quotes of the shell, with what _arguments would take for its own escaped.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\'')
      result += "'\\''";
    else if (letter == ':' || letter == '[' || letter == ']' || letter == '\\')
      result += fmt::format("\\{}", letter);
    else
      result += letter;
  }
  return result;
}

std::string action_of(const cli::Flag& flag) {
  if (flag.takes_file()) return "_files";
  if (!flag.words.empty()) return fmt::format("({})", fmt::join(flag.words, " "));
  return " ";
}

/// A specification of _arguments a name.
std::string specifications(const cli::Flag& flag) {
  const std::string value =
      flag.value.empty() ? "" : fmt::format(":{}:{}", escaped(flag.value), action_of(flag));
  std::string text;
  for (const std::string& name : flag.names)
    text += fmt::format("    '{}{}{}[{}]{}'\n", flag.is_repeatable ? "*" : "", name,
                        flag.value.empty() ? "" : "=", escaped(flag.sentence), value);
  return text;
}

}  // namespace

std::string zsh_completion(const cli::Description& program) {
  std::string text = fmt::format(
      "#compdef {}\n\nlocal -a state line flags commands\nlocal context curcontext=$curcontext\n"
      "typeset -A opt_args\nflags=(\n",
      program.program);
  for (const cli::Flag& flag : program.flags)
    text += specifications(flag);
  text += ")\ncommands=(\n";
  for (const cli::Command& command : program.commands)
    text += fmt::format("    '{}:{}'\n", command.name, escaped(command.sentence));
  text +=
      ")\n_arguments -C $flags '1:command:->command' '*:: :->rest'\ncase $state in\n"
      "  command) _describe command commands ;;\n  rest)\n    case $words[1] in\n";
  for (const cli::Command& command : program.commands) {
    if (command.flags.empty()) continue;
    text += fmt::format("      {}) flags+=(\n", command.name);
    for (const cli::Flag& flag : command.flags)
      text += specifications(flag);
    text += "      ) ;;\n";
  }
  return text + "    esac\n    _arguments $flags\n    ;;\nesac\n";
}

}  // namespace sas::manual
