// SPDX-License-Identifier: Apache-2.0
#include "credentials/split_command.hpp"

#include <optional>
#include <utility>

#include "credentials/variables.hpp"

namespace sas::credentials {
namespace {

bool is_blank(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

// What a backslash means where `quote` is open (0: none), before `next`.
bool escapes(char quote, char next) {
  if (quote == '\'') return false;
  return quote == 0 || next == '"' || next == '\\';
}

}  // namespace

Result<std::vector<std::string>> split_command(std::string_view command) {
  std::vector<std::string> words;
  std::optional<std::string> word;  // none: between words; an empty one: '' was there
  char quote = 0;
  for (std::size_t at = 0; at < command.size(); ++at) {
    const char letter = command[at];
    if (quote == 0 && is_blank(letter)) {
      if (word) words.push_back(std::move(*word));
      word.reset();
      continue;
    }
    if (!word) word.emplace();
    if (letter == '\\' && at + 1 < command.size() && escapes(quote, command[at + 1])) {
      *word += command[++at];
    } else if (quote == 0 && (letter == '\'' || letter == '"')) {
      quote = letter;
    } else if (letter == quote) {
      quote = 0;
    } else {
      *word += letter;
    }
  }
  if (quote != 0) return not_configured("process_command holds a quote that does not close");
  if (word) words.push_back(std::move(*word));
  if (words.empty()) return not_configured("process_command is empty");
  return words;
}

}  // namespace sas::credentials
