// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "manual/completion.hpp"

namespace sas::manual {
namespace {

// readline takes --flag=value apart at the equals sign.
constexpr std::string_view kHead = R"(# bash completion for {0}                 -*- shell-script -*-

_{1}() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} flag=${{COMP_WORDS[COMP_CWORD - 1]}} command='' word
  if [[ $cur == = ]]; then
    cur=''
  elif [[ $flag == = ]]; then
    flag=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case $word in
      {2}) command=$word ;;
    esac
  done
  COMPREPLY=()
  case $command:$flag in
)";

constexpr std::string_view kMiddle = R"(  esac
  if [[ $cur == -* ]]; then
    case $command in
)";

constexpr std::string_view kTail = R"(    esac
    [[ ${{COMPREPLY[*]}} != *= ]] || compopt -o nospace
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{2}' -- "$cur")
  fi
}}

complete -F _{1} {0}
)";

std::string identifier(std::string name) {
  for (char& letter : name)
    if (letter == '-') letter = '_';
  return name;
}

/// What follows a flag that takes a value; `command` is a pattern.
std::string values_of(std::string_view command, const cli::Flag& flag) {
  if (flag.value.empty()) return {};
  std::string patterns;
  for (const std::string& name : flag.names)
    patterns += fmt::format("{}{}:{}", patterns.empty() ? "" : " | ", command, name);
  std::string action;
  if (flag.takes_file())
    action = "      compopt -o filenames\n      mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n";
  else if (!flag.words.empty())
    action = fmt::format("      mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\")\n",
                         fmt::join(flag.words, " "));
  return fmt::format("    {})\n{}      return\n      ;;\n", patterns, action);
}

std::string names_of(const std::vector<cli::Flag>& flags) {
  std::string names;
  for (const cli::Flag& flag : flags)
    names += fmt::format("{}{}{}", names.empty() ? "" : " ", flag.name(), flag.value.empty() ? "" : "=");
  return names;
}

std::string flags_after(std::string_view command, const std::string& names) {
  return fmt::format("      {}) mapfile -t COMPREPLY < <(compgen -W '{}' -- \"$cur\") ;;\n", command, names);
}

}  // namespace

std::string bash_completion(const cli::Description& program) {
  std::vector<std::string_view> commands;
  for (const cli::Command& command : program.commands)
    commands.emplace_back(command.name);
  const std::string function = identifier(program.program);
  std::string text = fmt::format(kHead, program.program, function, fmt::join(commands, " | "));
  for (const cli::Command& command : program.commands)
    for (const cli::Flag& flag : command.flags)
      text += values_of(command.name, flag);
  for (const cli::Flag& flag : program.flags)
    text += values_of("*", flag);
  text += kMiddle;
  const std::string common = names_of(program.flags);
  for (const cli::Command& command : program.commands)
    if (!command.flags.empty()) text += flags_after(command.name, common + ' ' + names_of(command.flags));
  text += flags_after("*", common);
  return text + fmt::format(kTail, program.program, function, fmt::join(commands, " "));
}

}  // namespace sas::manual
