// SPDX-License-Identifier: Apache-2.0
#pragma once
// The addresses of `web.listen_address` and --web.listen-address, as every Prometheus exporter writes them.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sas::web {

struct ListenAddress {
  std::string host;        // a name, an IPv4 or an IPv6 address without brackets; empty: all addresses
  std::uint16_t port = 0;  // 0: the kernel's choice

  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

/// `host:port`, `[v6]:port` or `:port`. An error (configuration) says what is wrong with it.
Result<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace sas::web
