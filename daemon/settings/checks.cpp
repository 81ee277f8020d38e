// SPDX-License-Identifier: Apache-2.0
#include "settings/checks.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "settings/text.hpp"

namespace sas::settings {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::string_view kBlank = " \t\r\n";

/// What may stand around a port: nothing, or a colon and digits.
bool is_port(std::string_view text, std::uint16_t lowest) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, port);
  return failure == std::errc{} && stop == end && port >= lowest;
}

bool is_host_name(std::string_view host) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  };
  return !host.empty() && host.size() <= 253 && host.front() != '.' && host.front() != '-' &&
         host.find("..") == std::string_view::npos && std::all_of(host.begin(), host.end(), allowed);
}

bool is_bracketed_address(std::string_view host) {
  if (!host.starts_with('[') || !host.ends_with(']')) return false;
  host = host.substr(1, host.size() - 2);
  return host.find(':') != std::string_view::npos &&
         host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

Authority split(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.ends_with(']')) return {.host = text, .port = std::nullopt};
  return {.host = text.substr(0, colon), .port = text.substr(colon + 1)};
}

/// Without its scheme; nothing where it has neither of the two.
std::optional<std::string_view> after_scheme(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (text.starts_with(scheme)) return text.substr(scheme.size());
  }
  return std::nullopt;
}

}  // namespace

std::optional<Problem> check_name(std::string_view text) {
  if (const std::size_t length = count_characters(text); length > kLongestName) {
    return Problem{fmt::format("has {} characters; a name has at most {}", length, kLongestName)};
  }
  if (has_control_character(text))
    return Problem{"holds a control character; a name stands in labels and in logs"};
  if (kBlank.find(text.front()) != std::string_view::npos ||
      kBlank.find(text.back()) != std::string_view::npos) {
    return Problem{"begins or ends with a blank; take it away"};
  }
  return std::nullopt;
}

std::optional<Problem> check_endpoint(std::string_view text) {
  const auto rest = after_scheme(text);
  if (!rest) return Problem{"does not begin with https://; write https://host or https://host:port"};
  if (rest->find('@') != std::string_view::npos) {
    return Problem{"holds a user before the host; credentials stand under credentials"};
  }
  if (rest->find_first_of("/?#") != std::string_view::npos) {
    return Problem{
        "holds more than host and port; write https://host or https://host:port, without a path or a slash"};
  }
  const Authority authority = split(*rest);
  if (!is_host_name(authority.host) && !is_bracketed_address(authority.host)) {
    return Problem{"names no host; write a host name, an IPv4 address, or an IPv6 address in brackets"};
  }
  if (authority.port && !is_port(*authority.port, 1))
    return Problem{"has a port that is no number from 1 to 65535"};
  return std::nullopt;
}

std::optional<Problem> check_key(std::string_view text) {
  constexpr std::string_view kCaught = "<>[](){}\"'`,;";
  if (text.find_first_of(kBlank) != std::string_view::npos) {
    return Problem{"holds a blank or a line end; copy the key alone"};
  }
  if (text.find_first_of(kCaught) != std::string_view::npos) {
    return Problem{"holds a bracket, a quote or a separator; copy the key alone"};
  }
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; })) {
    return Problem{"holds a character that is not ASCII; copy the key again"};
  }
  return std::nullopt;
}

std::optional<Problem> check_listen_address(std::string_view text) {
  const Authority address = split(text);
  if (!address.port) return Problem{"has no port; write host:port, [v6]:port, or :port for all addresses"};
  if (!is_port(*address.port, 0)) return Problem{"has a port that is no number from 0 to 65535"};
  if (address.host.empty() || is_host_name(address.host) || is_bracketed_address(address.host))
    return std::nullopt;
  if (address.host.find(':') != std::string_view::npos) {
    return Problem{"is not host:port; an IPv6 address stands in brackets: [::1]:10973"};
  }
  return Problem{"names no host; write host:port, [v6]:port, or :port for all addresses"};
}

std::optional<Problem> check_telemetry_path(std::string_view text) {
  if (!text.starts_with('/')) return Problem{"does not begin with a slash; write a path such as /metrics"};
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!printable || text.find_first_of("?#%") != std::string_view::npos) {
    return Problem{"holds a blank, ?, #, % or a character that is not ASCII; write a path such as /metrics"};
  }
  if (text == "/" || text.starts_with("/-/") || text.starts_with("/api/")) {
    return Problem{"is one of the daemon's own paths (/, /-/…, /api/…); write another, such as /metrics"};
  }
  return std::nullopt;
}

std::optional<Problem> check_sink_name(std::string_view text) {
  const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  if (fits && text.size() <= kLongestName) return std::nullopt;
  return Problem{"is no name of a sink; write at most 64 of a-z, 0-9, _ and -"};
}

std::optional<Problem> check_task_type(std::string_view text) {
  const bool fits = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
  if (fits && text.size() <= kLongestName) return std::nullopt;
  return Problem{"is no task type; it looks like CHECK_SCHEDULE"};
}

}  // namespace sas::settings
