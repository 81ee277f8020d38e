// SPDX-License-Identifier: Apache-2.0
#include "settings/url_checks.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "settings/checks.hpp"

namespace sas::settings {
namespace {

bool is_hexadecimal(char letter) {
  return std::string_view{"0123456789abcdefABCDEF"}.find(letter) != std::string_view::npos;
}

bool is_of_urls(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         std::string_view{"0123456789-._~!$&'()*+,;=:@/?%"}.find(letter) != std::string_view::npos;
}

bool percents_are_codes(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 >= text.size() || !is_hexadecimal(text[at + 1]) || !is_hexadecimal(text[at + 2])) return false;
  }
  return true;
}

std::string_view scheme_of(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme)) return scheme;
  }
  return {};
}

std::string_view without_slashes(std::string_view text) {
  while (text.ends_with('/'))
    text.remove_suffix(1);
  return text;
}

}  // namespace

std::string_view origin_of(std::string_view url) {
  return url.substr(0, url.find_first_of("/?#", scheme_of(url).size()));
}

std::optional<Problem> check_sink_url(std::string_view text) {
  if (scheme_of(text).empty()) return Problem{"does not begin with https:// or http://"};
  const std::string_view origin = origin_of(text);
  if (origin.find('@') != std::string_view::npos) {
    return Problem{
        "holds a user before the host; take it away, and write bearer_token or bearer_token_file where the "
        "other "
        "side has to know who we are"};
  }
  if (auto problem = check_endpoint(origin)) return problem;
  const std::string_view rest = text.substr(origin.size());
  if (rest.find('#') != std::string_view::npos)
    return Problem{"holds a fragment, which is never sent; take away all from the # on"};
  if (!std::ranges::all_of(rest, is_of_urls) || !percents_are_codes(rest)) {
    return Problem{
        "holds a character that no address has; copy it again, or write the character as % and two digits"};
  }
  return std::nullopt;
}

std::optional<Problem> check_alertmanager_url(std::string_view text) {
  if (auto problem = check_sink_url(text)) return problem;
  constexpr std::array<std::string_view, 4> kAdded{"/api/v2/alerts", "/api/v2", "/api/v1/alerts", "/api/v1"};
  const std::string_view bare = without_slashes(text);
  const bool has_api =
      std::ranges::any_of(kAdded, [bare](std::string_view path) { return bare.ends_with(path); });
  if (has_api)
    return Problem{
        "ends with the path of the API, which is added; write where the Alertmanager is, such as "
        "http://127.0.0.1:9093"};
  if (text.find('?') != std::string_view::npos)
    return Problem{"holds a query; write where the Alertmanager is, such as http://127.0.0.1:9093"};
  return std::nullopt;
}

std::optional<Problem> check_runbook_url(std::string_view text) {
  if (scheme_of(text).empty()) return check_sink_url(text);
  if (origin_of(text).find('@') != std::string_view::npos)
    return Problem{"holds a user before the host; whoever reads an alert would read it too"};
  if (auto problem = check_sink_url(text)) return problem;
  if (text.find('?') != std::string_view::npos || !text.ends_with('/'))
    return Problem{"does not end with a slash after its path; write https://host/path/"};
  return std::nullopt;
}

bool is_in_the_clear(std::string_view url) {
  constexpr std::string_view kClear = "http://";
  if (!url.starts_with(kClear)) return false;
  std::string_view host = origin_of(url).substr(kClear.size());
  if (host.starts_with("[::1]")) return false;
  host = host.substr(0, host.find(':'));
  const bool is_loopback =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return !is_loopback && host != "localhost";
}

}  // namespace sas::settings
