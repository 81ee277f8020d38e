// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "manual/completion.hpp"

namespace sas::manual {
namespace {

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char letter : text)
    result += letter == '\'' || letter == '\\' ? fmt::format("\\{}", letter) : std::string(1, letter);
  return result + '\'';
}

std::string names_of(const cli::Flag& flag) {
  std::string names;
  for (const std::string& name : flag.names)
    names += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2))
                                    : fmt::format(" -s {}", name.substr(1));
  return names;
}

std::string value_of(const cli::Flag& flag) {
  if (flag.value.empty()) return "";
  if (flag.takes_file()) return " -r -F";
  return flag.words.empty() ? " -x" : fmt::format(" -x -a '{}'", fmt::join(flag.words, " "));
}

std::string line_of(std::string_view program, const cli::Flag& flag, std::string_view condition) {
  return fmt::format("complete -c {}{}{}{} -d {}\n", program, condition, names_of(flag), value_of(flag),
                     quoted(flag.sentence));
}

}  // namespace

std::string fish_completion(const cli::Description& program) {
  std::string commands;
  for (const cli::Command& command : program.commands)
    commands += ' ' + command.name;
  std::string text = fmt::format("# fish completion for {0}\ncomplete -c {0} -f\n", program.program);
  for (const cli::Command& command : program.commands)
    text += fmt::format("complete -c {} -n 'not __fish_seen_subcommand_from{}' -a {} -d {}\n",
                        program.program, commands, command.name, quoted(command.sentence));
  for (const cli::Flag& flag : program.flags)
    text += line_of(program.program, flag, "");
  for (const cli::Command& command : program.commands)
    for (const cli::Flag& flag : command.flags)
      text +=
          line_of(program.program, flag, fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name));
  return text;
}

}  // namespace sas::manual
