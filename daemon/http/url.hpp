// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a request goes: a URL taken apart (RFC 3986), as far as HTTP needs it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sas::http {

struct Url {
  bool tls = true;         // https
  std::string host;        // in lower case; an IPv6 address without its brackets
  std::uint16_t port = 0;  // 443 and 80 where the URL names none
  std::string target;      // path and query, as they were; never empty
};

/// Only `http` and `https`, with a host and without user, password or fragment. The error does not repeat the
/// URL: its query may hold a token.
Result<Url> parse_url(std::string_view text);

/// 1 to 65535, digits only.
std::optional<std::uint16_t> parse_port(std::string_view text);

/// `host:port`, IPv6 in brackets: names the endpoint in errors, and to a proxy.
std::string endpoint(const Url& url);

/// The same as the Host header wants it: without the port where it is the scheme's own.
std::string host_header(const Url& url);

}  // namespace sas::http
