// SPDX-License-Identifier: Apache-2.0
#include "doctor/table.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "doctor/ram_policy.hpp"
#include "settings/text.hpp"

namespace sas::doctor {
namespace {

constexpr std::size_t kMargin = 31;     // before findings: two blanks, the status, the step
constexpr std::size_t kNarrowest = 40;  // of findings; a narrower terminal breaks lines itself
constexpr std::string_view kPlain = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
// In the order of Status: green, dim, yellow, red.
constexpr std::array<std::string_view, 4> kColours{"\x1b[32m", "\x1b[2m", "\x1b[33m", "\x1b[31m"};

std::string coloured(std::string_view text, std::string_view colour, const Terminal& terminal) {
  if (terminal.colours == Terminal::Colours::without) return std::string(text);
  return fmt::format("{}{}{}", colour, text, kPlain);
}

// What others have written may hold control characters; a terminal must not obey them.
std::string harmless(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (byte < ' ' || byte == 0x7f) text[i] = ' ';
    if (is_c1) text[i] = text[i + 1] = ' ';
  }
  return text;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// Lines after the first stand below it.
std::string wrapped(const std::string& text, std::size_t margin, std::size_t width) {
  if (width < margin + kNarrowest) return text;
  std::string lines;
  std::size_t column = margin;
  for (const std::string_view word : words_of(text)) {
    const std::size_t length = settings::count_characters(word);
    const bool is_first = column == margin;
    if (!is_first && column + 1 + length > width) {
      lines += '\n' + std::string(margin, ' ');
      column = margin;
    } else if (!is_first) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += length;
  }
  return lines;
}

std::string row(const Check& check, const Terminal& terminal) {
  const std::string status = fmt::format("{:<9}", name_of(check.status));
  std::string text = fmt::format(
      "  {}{:<20}{}\n", coloured(status, kColours[static_cast<std::size_t>(check.status)], terminal),
      name_of(check.step), wrapped(harmless(check.finding), kMargin, terminal.width));
  if (!check.remedy.empty())
    text += fmt::format("{}> {}\n", std::string(kMargin - 2, ' '),
                        wrapped(harmless(check.remedy), kMargin, terminal.width));
  return text;
}

std::string outcome(const Report& report) {
  const auto count = [&](Status status) {
    return std::ranges::count_if(report, [&](const Examination& each) { return worst(each) == status; });
  };
  return fmt::format("{} target{}: {} ok, {} with warnings, {} failed\n", report.size(),
                     report.size() == 1 ? "" : "s", count(Status::ok), count(Status::warning),
                     count(Status::failed));
}

}  // namespace

std::string to_table(const Report& report, const Terminal& terminal) {
  std::string text;
  for (const Examination& examination : report) {
    text += fmt::format("{}  {}\n", coloured(examination.target, kBold, terminal), examination.endpoint);
    for (const Check& check : examination.checks)
      text += row(check, terminal);
    text += '\n';
  }
  if (wants_policy(report)) text += fmt::format("The least RAM policy:\n{}\n", kRamPolicy);
  return text + outcome(report);
}

}  // namespace sas::doctor
