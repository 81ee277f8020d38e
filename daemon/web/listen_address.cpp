// SPDX-License-Identifier: Apache-2.0
#include "web/listen_address.hpp"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace sas::web {
namespace {

Error refused(std::string_view text, std::string_view why) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("listen address '{}': {}", text, why)};
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.ends_with(']')) {
    return refused(text, "the port is missing; write host:port, [v6]:port, or :port for all addresses");
  }
  std::string_view host = text.substr(0, colon);
  if (host.find_first_of(" \t/@") != std::string_view::npos) {
    return refused(text, "a host name or an address is needed before the port, and nothing else");
  }
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) {
    host = host.substr(1, host.size() - 2);
    if (host.empty()) return refused(text, "nothing stands between the brackets");
  } else if (host.find_first_of("[]:") != std::string_view::npos) {
    return refused(text, "an IPv6 address stands in brackets: [::1]:10973");
  }
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return refused(text, "the port is a number from 0 to 65535");
  ListenAddress address;
  address.host = host;
  address.port = *port;
  return address;
}

}  // namespace sas::web
