// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/session.hpp"

#include <array>
#include <optional>
#include <utility>

#include "runtime/clock.hpp"
#include "runtime/timer.hpp"
#include "simulator/server/connection.hpp"
#include "simulator/server/deliver.hpp"
#include "simulator/server/request_reader.hpp"

namespace sas::simulator {
namespace {

constexpr std::size_t kReadSize = 16 * 1'024;

Answer status_answer(Site& site, const Now& now) {
  Answer answer;
  answer.content_type = "application/json";
  answer.body = to_json(site.service.counts(), now);
  return answer;
}

Answer answer_to(const Request& request, Site& site) {
  const Now now = site.clock.now();
  site.recorder.record_steps(now.simulated);
  if (request.target == "/simulator/status") return status_answer(site, now);
  if (auto keys = site.keys.read_if_changed()) site.service.use_keys(std::move(*keys));
  Exchange exchange;
  Answer answer = site.service.handle(request, now, exchange);
  site.recorder.record(exchange, now);
  return answer;
}

Answer not_http() {
  Answer answer;
  answer.status = 400;
  answer.content_type = "text/plain";
  answer.body = "This is not a request that HTTP/1.1 knows.\n";
  answer.delivery.framing = Framing::until_close;
  answer.delivery.close_after = true;
  return answer;
}

using Received = Result<std::optional<ReceivedRequest>>;

/// The next request; nothing when the client has closed or idled too long.
asio::awaitable<Received> read_request(Connection& connection, RequestReader& reader,
                                       Milliseconds idle_timeout) {
  std::array<char, kReadSize> bytes;
  Received received = reader.feed({});
  while (received && !*received) {
    const Instant deadline = runtime::Clock::now() + idle_timeout;
    const auto count = co_await runtime::with_deadline(connection.read_some(bytes), deadline, "a request");
    if (!count) co_return std::optional<ReceivedRequest>{};
    received = reader.feed({bytes.data(), *count});
  }
  co_return received;
}

}  // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, Site& site) {
  Connection connection(std::move(socket), site.tls);
  const Milliseconds idle_timeout = site.service.scenario().service.idle_timeout;
  const Instant deadline = runtime::Clock::now() + idle_timeout;
  const auto greeted = co_await runtime::with_deadline(connection.handshake(), deadline, "the TLS handshake");
  if (!greeted) co_return;
  RequestReader reader;
  while (true) {
    const Received received = co_await read_request(connection, reader, idle_timeout);
    if (received && !*received) co_return;
    const Answer answer = received ? answer_to((*received)->request, site) : not_http();
    const Time date = site.service.service_time(runtime::wall_now());
    const Afterwards afterwards = co_await deliver(connection, answer, date);
    if (afterwards == Afterwards::close || !received || !(*received)->keep_alive) co_return;
  }
}

}  // namespace sas::simulator
