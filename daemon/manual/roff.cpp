// SPDX-License-Identifier: Apache-2.0
#include "manual/roff.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace sas::manual {
namespace {

constexpr std::size_t kWidth = 78;

/// A line that begins so would be an instruction.
std::string guarded(const std::string& line) {
  return line.starts_with('.') || line.starts_with('\'') ? "\\&" + line : line;
}

/// With its backticks turned into changes of font; `is_bold` goes on from word to word.
std::string word_with_fonts(std::string_view word, bool& is_bold) {
  std::string text;
  while (!word.empty()) {
    const std::size_t tick = std::min(word.find('`'), word.size());
    text += escaped(word.substr(0, tick));
    if (tick < word.size()) {
      is_bold = !is_bold;
      text += is_bold ? "\\fB" : "\\fR";
    }
    word.remove_prefix(std::min(tick + 1, word.size()));
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '\\')
      result += "\\e";
    else if (letter == '-')
      result += "\\-";
    else if (letter == '~')
      result += "\\(ti";
    else if (letter == '^')
      result += "\\(ha";
    else
      result += letter;
  }
  return result;
}

std::string bold(std::string_view text) {
  return fmt::format("\\fB{}\\fR", escaped(text));
}

std::string italic(std::string_view text) {
  return fmt::format("\\fI{}\\fR", escaped(text));
}

std::string prose(std::string_view text) {
  std::string lines;
  std::string line;
  bool is_bold = false;
  const auto end_line = [&] {
    if (!line.empty()) lines += guarded(line) + '\n';
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find_first_of(" \n"), text.size());
    const std::string word = word_with_fonts(text.substr(0, blank), is_bold);
    text.remove_prefix(std::min(blank + 1, text.size()));
    if (!line.empty() && line.size() + 1 + word.size() > kWidth) end_line();
    line += (line.empty() || word.empty() ? "" : " ") + word;
    if (word.ends_with('.')) end_line();
  }
  end_line();
  return lines;
}

std::string example(std::string_view text) {
  std::string lines = ".PP\n.RS 4\n.nf\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines += guarded(escaped(text.substr(0, end))) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines + ".fi\n.RE\n";
}

}  // namespace sas::manual
