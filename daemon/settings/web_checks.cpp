// SPDX-License-Identifier: Apache-2.0
#include "settings/web_checks.hpp"

#include <algorithm>

#include "settings/checks.hpp"
#include "settings/url_checks.hpp"

namespace sas::settings {
namespace {

bool is_of_paths(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || std::string_view{"/-._~"}.find(letter) != std::string_view::npos;
}

std::optional<Problem> check_path(std::string_view text) {
  if (!std::ranges::all_of(text, is_of_paths))
    return Problem{
        "holds another character than letters, digits and / - . _ ~ in its path; write one such as /sas"};
  if (text.find("//") != std::string_view::npos || text.find("/.") != std::string_view::npos)
    return Problem{"holds an empty step, or one that begins with a dot; write a path such as /sas"};
  return std::nullopt;
}

}  // namespace

std::optional<Problem> check_external_url(std::string_view text) {
  if (text.starts_with('/')) return check_path(text);
  const bool has_scheme = text.starts_with("https://") || text.starts_with("http://");
  if (!has_scheme)
    return Problem{"does not begin with https://, http:// or a slash; write https://host/path"};
  const std::string_view origin = origin_of(text);
  if (auto problem = check_endpoint(origin)) return problem;
  return check_path(text.substr(origin.size()));
}

std::optional<Problem> check_route_prefix(std::string_view text) {
  return check_path(text);
}

}  // namespace sas::settings
