// SPDX-License-Identifier: Apache-2.0
#include "settings/expand.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "settings/text.hpp"

namespace sas::settings {
namespace {

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

}  // namespace

std::variant<Expanded, Problem> expand(std::string_view written, const Environment& environment) {
  Expanded expanded;
  while (!written.empty()) {
    const std::size_t dollar = std::min(written.find('$'), written.size());
    expanded.text += written.substr(0, dollar);
    written.remove_prefix(dollar);
    if (written.starts_with("$$")) {
      expanded.text += '$';
      written.remove_prefix(2);
    } else if (written.starts_with("${")) {
      const std::size_t end = written.find('}');
      if (end == std::string_view::npos)
        return Problem{"holds ${ without a closing }; write $$ for a dollar sign"};
      const std::string_view name = written.substr(2, end - 2);
      if (!is_variable_name(name)) {
        return Problem{
            "holds ${} without the name of a variable (letters, digits, _); write $$ for a dollar sign"};
      }
      const auto value = environment(name);
      if (!value) return Problem{fmt::format("the environment variable {} is not set", name)};
      expanded.text += *value;
      expanded.from_environment = true;
      written.remove_prefix(end + 1);
    } else if (!written.empty()) {
      expanded.text += '$';
      written.remove_prefix(1);
    }
  }
  return expanded;
}

}  // namespace sas::settings
