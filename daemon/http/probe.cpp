// SPDX-License-Identifier: Apache-2.0
#include "http/probe.hpp"

#include <memory>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include "http/proxy.hpp"
#include "http/request_text.hpp"
#include "http/tcp.hpp"
#include "http/tunnel.hpp"
#include "http/url.hpp"
#include "runtime/timer.hpp"

namespace sas::http {
namespace {

using asio::ip::tcp;
using Socket = std::shared_ptr<tcp::socket>;

struct Way {
  Url url;
  std::optional<Proxy> proxy;
  asio::ssl::context* trust;  // null for http://
  const ClientSettings& settings;

  [[nodiscard]] const Proxy* passed() const { return proxy_for(url, proxy, settings.no_proxy); }
};

Result<Way> find_way(const std::string& text, const std::string& ca_file, const ClientSettings& settings,
                     TrustStores& trust) {
  Result<Url> url = parse_url(text);
  if (!url) return url.error();
  Result<std::optional<Proxy>> proxy = parse_proxy(settings.https_proxy);
  if (!proxy) return proxy.error();
  Way way{.url = std::move(*url), .proxy = std::move(*proxy), .trust = nullptr, .settings = settings};
  if (!way.url.tls) return way;
  const Result<asio::ssl::context*> context = trust.trusting(ca_file);
  if (!context) return context.error();
  way.trust = *context;
  return way;
}

Instant in(Milliseconds limit) {
  return runtime::Clock::now() + limit;
}

std::string text_of(const tcp::endpoint& endpoint) {
  return endpoint.address().to_string();
}

std::vector<std::string> texts_of(const std::vector<tcp::endpoint>& endpoints) {
  std::vector<std::string> texts;
  texts.reserve(endpoints.size());
  for (const tcp::endpoint& endpoint : endpoints)
    texts.push_back(text_of(endpoint));
  return texts;
}

asio::awaitable<void> go(const Way& way, Probe& probe) {
  const Proxy* const proxy = way.passed();
  const std::string host = proxy != nullptr ? proxy->host : way.url.host;
  const std::uint16_t port = proxy != nullptr ? proxy->port : way.url.port;
  Result<std::vector<tcp::endpoint>> found = co_await resolve(host, port, in(way.settings.connect_timeout));
  if (!found) {
    probe.addresses = found.error();
    co_return;
  }
  probe.addresses = texts_of(*found);

  Result<Socket> socket = co_await connect_to_any(std::move(*found), in(way.settings.connect_timeout));
  if (!socket) {
    probe.connected = socket.error();
    co_return;
  }
  boost::system::error_code gone;
  probe.connected = text_of((*socket)->remote_endpoint(gone));

  if (proxy != nullptr) {
    std::string text =
        connect_text(endpoint(way.url), proxy->authorization.reveal(), way.settings.user_agent);
    probe.tunnel = co_await runtime::with_deadline(open_tunnel(*socket, std::move(text)),
                                                   in(way.settings.connect_timeout), "the tunnel");
    if (!*probe.tunnel) co_return;
  }
  if (way.trust == nullptr) co_return;
  probe.tls =
      co_await inspect_tls(std::move(*socket), *way.trust, way.url.host, in(way.settings.tls_timeout));
}

}  // namespace

asio::awaitable<Result<Probe>> probe(std::string url, std::string ca_file, const ClientSettings& settings,
                                     TrustStores& trust) {
  const Result<Way> way = find_way(url, ca_file, settings, trust);
  if (!way) co_return way.error();
  const Proxy* const proxy = way->passed();
  Probe seen;
  seen.through_proxy = proxy != nullptr;
  seen.peer = seen.through_proxy
                  ? endpoint({.tls = false, .host = proxy->host, .port = proxy->port, .target = {}})
                  : endpoint(way->url);
  co_await go(*way, seen);
  co_return std::move(seen);
}

}  // namespace sas::http
