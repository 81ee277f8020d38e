// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way out through a proxy: its settings, and for which hosts it is not used.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "http/url.hpp"

namespace sas::http {

struct Proxy {
  std::string host;  // an IPv6 address without its brackets
  std::uint16_t port = 0;
  Secret authorization;  // value of Proxy-Authorization; empty: none
};

/// `http://[user:password@]host:port`; user and password percent-encoded. Nothing for an empty text. The
/// error does not repeat the text: it may hold a password.
Result<std::optional<Proxy>> parse_proxy(std::string_view text);

/// Whether `host` (a name, or an address without brackets) is one that `no_proxy` excepts. As curl reads it:
/// entries apart by commas or blanks; `*` is every host; a name, with or without a leading dot, is itself and
/// all below it; an address is itself; `10.0.0.0/8` is a network.
bool bypasses_proxy(std::string_view host, std::string_view no_proxy);

/// The one that `url` is reached through; null: it is reached directly, as plain http always is.
const Proxy* proxy_for(const Url& url, const std::optional<Proxy>& proxy, std::string_view no_proxy);

struct ProxyEnvironment {
  std::string https_proxy;
  std::string no_proxy;
};

/// `https_proxy` and `no_proxy`, else the same in capitals: curl's order.
ProxyEnvironment proxy_from_environment();

}  // namespace sas::http
