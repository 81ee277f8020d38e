// SPDX-License-Identifier: Apache-2.0
#pragma once
// The way to an endpoint, one step after the other, each with what came of it: what the client does before it
// sends a request, taken apart for whoever has to find out why it cannot.

#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "http/client.hpp"
#include "http/tls_inspection.hpp"
#include "http/trust_store.hpp"

namespace sas::http {

/// A step that was not come to is absent.
struct Probe {
  /// Whose name is looked up, and who is connected to: `host:port` of the endpoint, or of the proxy.
  std::string peer;
  bool through_proxy = false;
  Result<std::vector<std::string>> addresses;
  std::optional<Result<std::string>> connected;  // to which address
  std::optional<Result<bool>> tunnel;            // through the proxy, where there is one: true
  std::optional<TlsInspection> tls;              // absent too for http://
};

/// Connects to the origin of `url` the way the client with these settings does, the proxy included, each step
/// with the client's limit. An error where the URL, the proxy or `ca_file` cannot be used.
asio::awaitable<Result<Probe>> probe(std::string url, std::string ca_file, const ClientSettings& settings,
                                     TrustStores& trust);

}  // namespace sas::http
