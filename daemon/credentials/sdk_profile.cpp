// SPDX-License-Identifier: Apache-2.0
#include "credentials/sdk_profile.hpp"

#include <algorithm>
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

std::string_view without_comment(std::string_view line) {
  line = trimmed(line);
  if (line.starts_with('#') || line.starts_with(';')) return {};
  for (std::size_t at = 1; at < line.size(); ++at) {
    const bool begins = line[at] == '#' || line[at] == ';';
    if (begins && kBlank.find(line[at - 1]) != std::string_view::npos) return trimmed(line.substr(0, at));
  }
  return line;
}

}  // namespace

Result<SdkProfile> find_sdk_profile(std::string_view ini, std::string_view name, const std::string& file) {
  SdkProfile profile;
  std::vector<std::string_view> sections;
  bool is_found = false;
  bool is_here = false;
  for (int number = 1; !ini.empty(); ++number) {
    const std::size_t end = std::min(ini.find('\n'), ini.size());
    const std::string_view line = without_comment(ini.substr(0, end));
    ini.remove_prefix(std::min(end + 1, ini.size()));
    const std::size_t equals = line.find('=');
    if (line.starts_with('[') && line.ends_with(']')) {
      sections.push_back(trimmed(line.substr(1, line.size() - 2)));
      is_here = sections.back() == name;
      is_found = is_found || is_here;
    } else if (is_here && equals != std::string_view::npos) {
      profile.insert_or_assign(std::string(trimmed(line.substr(0, equals))),
                               Secret(std::string(trimmed(line.substr(equals + 1)))));
    } else if (is_here && !line.empty()) {
      return not_configured(fmt::format("{}: line {} is neither [section] nor key = value", file, number));
    }
  }
  if (is_found) return profile;
  return not_configured(
      fmt::format("{}: has no section [{}]; there are: {}", file, name, fmt::join(sections, ", ")));
}

}  // namespace sas::credentials
