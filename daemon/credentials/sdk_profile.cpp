// SPDX-License-Identifier: Apache-2.0
#include "credentials/sdk_profile.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "credentials/variables.hpp"

namespace sas::credentials {
namespace {

constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

bool begins_comment(char letter) {
  return letter == '#' || letter == ';';
}

bool is_quoted(std::string_view text) {
  return text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
}

// A comment begins wherever it likes, but in quotes or behind a backslash.
Secret value_of(std::string_view text) {
  text = trimmed(text);
  if (is_quoted(text)) return Secret(std::string(text.substr(1, text.size() - 2)));
  std::string value;
  value.reserve(text.size());  // so that no copy of a secret is left behind
  for (std::size_t at = 0; at < text.size() && !begins_comment(text[at]); ++at) {
    const bool escapes =
        text[at] == '\\' && at + 1 < text.size() && (begins_comment(text[at + 1]) || text[at + 1] == '\\');
    value += escapes ? text[++at] : text[at];
  }
  value.resize(trimmed(value).size());  // nothing stands before it
  return Secret(std::move(value));
}

// What stands between the brackets, where nothing but a comment stands behind them.
std::optional<std::string_view> section_of(std::string_view line) {
  const std::size_t end = line.find(']');
  if (!line.starts_with('[') || end == std::string_view::npos) return std::nullopt;
  const std::string_view behind = trimmed(line.substr(end + 1));
  if (!behind.empty() && !begins_comment(behind.front())) return std::nullopt;
  return trimmed(line.substr(1, end - 1));
}

}  // namespace

Result<SdkProfile> find_sdk_profile(std::string_view ini, std::string_view name, const std::string& file) {
  SdkProfile profile;
  std::vector<std::string_view> sections;
  bool is_found = false;
  bool is_here = false;
  for (int number = 1; !ini.empty(); ++number) {
    const std::size_t end = std::min(ini.find('\n'), ini.size());
    const std::string_view line = trimmed(ini.substr(0, end));
    ini.remove_prefix(std::min(end + 1, ini.size()));
    const std::size_t equals = line.find('=');
    if (line.empty() || begins_comment(line.front())) continue;
    if (const auto section = section_of(line)) {
      sections.push_back(*section);
      is_here = sections.back() == name;
      is_found = is_found || is_here;
    } else if (is_here && equals != std::string_view::npos) {
      profile.insert_or_assign(std::string(trimmed(line.substr(0, equals))),
                               value_of(line.substr(equals + 1)));
    } else if (is_here) {
      return not_configured(fmt::format("{}: line {} is neither [section] nor key = value", file, number));
    }
  }
  if (is_found) return profile;
  return not_configured(
      fmt::format("{}: has no section [{}]; there are: {}", file, name, fmt::join(sections, ", ")));
}

}  // namespace sas::credentials
