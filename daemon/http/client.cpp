// SPDX-License-Identifier: Apache-2.0
// The client: which connection an exchange goes over, and what becomes of it afterwards.
#include "http/client.hpp"

#include <functional>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include "http/connection.hpp"
#include "http/gunzip.hpp"
#include "http/headers.hpp"
#include "http/pool.hpp"
#include "http/proxy.hpp"
#include "http/request_text.hpp"
#include "http/response_parser.hpp"
#include "http/tcp.hpp"
#include "http/tls.hpp"
#include "http/trust_store.hpp"
#include "http/tunnel.hpp"
#include "http/url.hpp"
#include "runtime/blocking_calls.hpp"
#include "runtime/timer.hpp"

namespace sas::http {
namespace {

using Socket = std::shared_ptr<asio::ip::tcp::socket>;
using Trust = std::shared_ptr<asio::ssl::context>;

// One exchange under way.
struct Exchange {
  const Request& request;
  Url url;
  std::string route;  // exchanges of the same route may share connections
  std::string text;
  Progress progress;
};

std::string route_of(const Request& request, const Url& url) {
  return fmt::format("{}{} {}", url.tls ? "https://" : "http://", endpoint(url), request.ca_file);
}

// The reason is known where it failed; where that was, only here.
Error located(const Error& reason, const Progress& progress) {
  const std::string where = fmt::format("{} {}", progress.stage, progress.peer);
  if (reason.cause == ErrorCause::timeout) return runtime::timed_out(where);
  Error error = reason;
  error.message = fmt::format("{}: {}", where, reason.message);
  return error;
}

Error unknown_encoding(std::string_view encoding) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::transport,
          .message = fmt::format("the answer's body is encoded as `{}`, which was not asked for", encoding)};
}

Result<Response> unpacked(Response response, std::uint64_t max_body) {
  const std::string_view encoding = response.header("Content-Encoding");
  if (encoding.empty() || response.body.empty() || same_header_name(encoding, "identity")) return response;
  if (!same_header_name(encoding, "gzip") && !same_header_name(encoding, "x-gzip"))
    return unknown_encoding(encoding);
  Result<std::string> body = gunzip(response.body, max_body);
  if (!body) return body.error();
  response.body = std::move(*body);
  return response;
}

class PooledClient final : public Client {
 public:
  PooledClient(const asio::any_io_executor& executor, ClientSettings settings)
      : settings_(std::move(settings)),
        proxy_(parse_proxy(settings_.https_proxy)),
        trust_loads_(executor),
        pool_(std::make_shared<Pool>(settings_.idle_timeout)),
        expiry_(executor) {}

  asio::awaitable<Result<Response>> exchange(const Request& request) override {
    Result<Url> url = parse_url(request.url);
    if (!url) co_return url.error();
    Result<std::string> text = request_text(request, *url, settings_.user_agent);
    if (!text) co_return text.error();
    Exchange under_way{.request = request,
                       .url = std::move(*url),
                       .route = {},
                       .text = std::move(*text),
                       .progress = {.stage = "connecting to", .peer = {}}};
    under_way.route = route_of(request, under_way.url);
    under_way.progress.peer = endpoint(under_way.url);
    const Instant deadline = runtime::Clock::now() + request.timeout;
    Result<Response> response = co_await runtime::with_deadline(run(under_way), deadline, "the exchange");
    if (!response) co_return located(response.error(), under_way.progress);
    co_return std::move(response);
  }

 private:
  asio::awaitable<Result<Response>> run(Exchange& exchange) {
    std::unique_ptr<Connection> connection = pool_->take(exchange.route, runtime::Clock::now());
    if (!connection) {
      Result<std::unique_ptr<Transport>> transport = co_await open(exchange);
      if (!transport) co_return transport.error();
      connection = std::make_unique<Connection>(std::move(*transport));
    }
    co_return co_await run_over(std::move(connection), exchange);
  }

  asio::awaitable<Result<Response>> run_over(std::unique_ptr<Connection> connection, Exchange& exchange) {
    const auto body =
        exchange.request.method == "HEAD" ? ResponseParser::Body::none : ResponseParser::Body::expected;
    ResponseParser parser(body, settings_.max_body);
    Result<Answered> answered = co_await converse(*connection, exchange.text, parser, exchange.progress);
    if (!answered) co_return answered.error();
    if (answered->connection == Afterwards::reusable) keep(exchange.route, std::move(connection));
    co_return unpacked(std::move(answered->response), settings_.max_body);
  }

  asio::awaitable<Result<std::unique_ptr<Transport>>> open(Exchange& exchange) {
    const Instant deadline = runtime::Clock::now() + settings_.connect_timeout;
    Result<Socket> socket = co_await connect(exchange, deadline);
    if (!socket) co_return socket.error();
    if (!exchange.url.tls) co_return make_plain_transport(std::move(*socket));
    exchange.progress.stage = "TLS handshake with";
    const Result<asio::ssl::context*> trust = co_await trusting(exchange.request.ca_file);
    if (!trust) co_return trust.error();
    const Instant end = runtime::Clock::now() + settings_.tls_timeout;
    co_return co_await runtime::with_deadline(handshake(std::move(*socket), **trust, exchange.url.host), end,
                                              "the handshake");
  }

  asio::awaitable<Result<asio::ssl::context*>> trusting(const std::string& ca_file) {
    if (asio::ssl::context* const known = trust_.find(ca_file)) co_return known;
    std::function<Result<Trust>()> load = [ca_file] { return load_trust_store(ca_file); };
    Result<Trust> loaded = co_await trust_loads_.run(ca_file, std::move(load));
    if (!loaded) co_return loaded.error();
    co_return trust_.keep(ca_file, std::move(*loaded));
  }

  asio::awaitable<Result<Socket>> connect(Exchange& exchange, Instant deadline) {
    if (!proxy_) co_return proxy_.error();
    if (const Proxy* const proxy = proxy_for(exchange.url, *proxy_, settings_.no_proxy))
      co_return co_await pass_proxy(exchange, *proxy, deadline);
    exchange.progress.stage = "connecting to";
    co_return co_await connect_tcp(exchange.url.host, exchange.url.port, deadline);
  }

  asio::awaitable<Result<Socket>> pass_proxy(Exchange& exchange, const Proxy& proxy, Instant deadline) {
    const std::string destination = endpoint(exchange.url);
    exchange.progress.stage = "connecting to";
    exchange.progress.peer = fmt::format("proxy {}:{}", proxy.host, proxy.port);
    Result<Socket> socket = co_await connect_tcp(proxy.host, proxy.port, deadline);
    if (!socket) co_return socket.error();
    exchange.progress.stage = "asking for a tunnel";
    exchange.progress.peer = fmt::format("to {} from proxy {}:{}", destination, proxy.host, proxy.port);
    std::string text = connect_text(destination, proxy.authorization.reveal(), settings_.user_agent);
    const Result<bool> through =
        co_await runtime::with_deadline(open_tunnel(*socket, std::move(text)), deadline, "the tunnel");
    if (!through) co_return through.error();
    exchange.progress.peer = destination;
    co_return std::move(socket);
  }

  void keep(const std::string& route, std::unique_ptr<Connection> connection) {
    pool_->put(route, std::move(connection), runtime::Clock::now());
    if (!closes_expired_) close_expired_later();
  }

  // So that sockets which the other side has closed do not wait for the next poll. The pool's life tells
  // whether the client still lives: a timer that is due cannot be cancelled any more. Connections that come
  // later expire later, so a timer once set is in time for them too, and need not be set anew for each
  // exchange.
  void close_expired_later() {
    const std::optional<Instant> next = pool_->next_expiry();
    closes_expired_ = next.has_value();
    if (!next) return;
    expiry_.expires_at(*next);
    expiry_.async_wait(
        [this, alive = std::weak_ptr<Pool>(pool_)](const boost::system::error_code& cancelled) {
          if (cancelled || alive.expired()) return;
          pool_->drop_expired(runtime::Clock::now());
          close_expired_later();
        });
  }

  ClientSettings settings_;
  Result<std::optional<Proxy>> proxy_;
  TrustStores trust_;
  runtime::BlockingCalls<Trust> trust_loads_;
  std::shared_ptr<Pool> pool_;
  runtime::Timer expiry_;
  bool closes_expired_ = false;  // the timer is set
};

}  // namespace

std::unique_ptr<Client> make_client(asio::any_io_executor executor, ClientSettings settings) {
  return std::make_unique<PooledClient>(executor, std::move(settings));
}

}  // namespace sas::http
