// SPDX-License-Identifier: Apache-2.0
#include "web/session.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "runtime/clock.hpp"
#include "runtime/timer.hpp"
#include "web/admission.hpp"
#include "web/request_parser.hpp"
#include "web/routes.hpp"
#include "web/scrape_body.hpp"

namespace sas::web {
namespace {

enum class Next : std::uint8_t { request, part, gone };  // what becomes of a connection after an answer

class Session {
 public:
  Session(asio::ip::tcp::socket socket, ServerState& state)
      : state_(state), tls_(state.config->tls), connection_(std::move(socket)) {}

  asio::awaitable<void> run();
  asio::awaitable<void> refuse_service();

 private:
  asio::awaitable<Next> secure();
  asio::awaitable<Next> serve_next();
  asio::awaitable<bool> wait_for_request();
  asio::awaitable<Result<Parsed>> read_request();
  asio::awaitable<Result<std::size_t>> read_more();
  asio::awaitable<Next> answer(const Request& request);
  asio::awaitable<Answer> decide(const Request& request);
  asio::awaitable<Answer> reload();
  asio::awaitable<Next> send(const Answer& answer, const Request& request);
  asio::awaitable<Next> send_last(const Answer& answer);
  asio::awaitable<Next> send_scrape(const Answer& answer, const Request& request);
  asio::awaitable<Next> stream(const Answer& answer, const Request& request, ScrapeBody body);
  asio::awaitable<bool> write(std::string_view first, std::string_view second, Instant deadline);
  asio::awaitable<void> part();

  [[nodiscard]] bool stays(const Request& request) const {
    return request.keep_alive && !state_.draining && tls_ == state_.config->tls;
  }
  [[nodiscard]] std::string head_of(const Answer& answer, Framing framing, bool stay) const;
  Answer respond_to(const Request& request);
  std::optional<ScrapeBody> begin_scrape(const ScrapeOrder& order);
  void report(const std::exception& failure);

  ServerState& state_;
  std::shared_ptr<ServerTls> tls_;  // that the connection was made by; null: plain HTTP
  Connection connection_;
  RequestParser parser_;
};

asio::awaitable<void> Session::run() {
  Next next = co_await secure();
  while (next == Next::request)
    next = co_await serve_next();
  if (next == Next::part) co_await part();
}

asio::awaitable<void> Session::refuse_service() {
  Next next = co_await secure();
  if (next == Next::request) {
    const Answer answer = overloaded("Too many connections.");
    next = co_await send_last(answer);
  }
  if (next == Next::part) co_await part();
}

asio::awaitable<Next> Session::secure() {
  if (!tls_) co_return Next::request;
  const HandshakePlace place(state_, connection_);
  const Waiting waiting(state_, connection_);  // nobody has asked for anything yet
  const Instant deadline = runtime::Clock::now() + state_.settings.handshake_timeout;
  std::shared_ptr<TlsContext> context = tls_->current(state_.log);
  const Result<Handshake> shaken =
      co_await runtime::with_deadline(connection_.secure(std::move(context)), deadline, "the TLS handshake");
  if (!shaken) {
    state_.report_handshake(shaken.error().message);
    co_return Next::gone;
  }
  if (*shaken == Handshake::done) co_return Next::request;
  const Answer plainly = plain(400, "The client sent an HTTP request, but here is HTTPS.");
  co_return co_await send_last(plainly);
}

asio::awaitable<Next> Session::serve_next() {
  if (!parser_.in_request()) {
    const bool arrived = co_await wait_for_request();
    if (!arrived) co_return Next::gone;
  }
  const Instant deadline = runtime::Clock::now() + state_.settings.request_timeout;
  const Result<Parsed> parsed = co_await runtime::with_deadline(read_request(), deadline, "a request");
  if (!parsed) {
    if (parsed.error().cause != ErrorCause::timeout) co_return Next::gone;
    const Answer late = plain(408, "The request took too long to arrive.");
    co_return co_await send_last(late);
  }
  if (const auto* refused = std::get_if<Refused>(&*parsed)) {
    state_.log.debug("request refused", {{"status", refused->answer.status}});
    co_return co_await send_last(refused->answer);
  }
  co_return co_await answer(std::get<Request>(*parsed));
}

/// False: the client has gone, or said nothing for too long, or the server stops.
asio::awaitable<bool> Session::wait_for_request() {
  const Waiting waiting(state_, connection_);
  const Instant deadline = runtime::Clock::now() + state_.settings.idle_timeout;
  while (!parser_.in_request()) {
    const Result<std::size_t> read = co_await runtime::with_deadline(read_more(), deadline, "a request");
    if (!read) co_return false;
  }
  co_return true;
}

asio::awaitable<Result<Parsed>> Session::read_request() {
  while (true) {
    Parsed parsed = parser_.parse();
    if (std::holds_alternative<Request>(parsed) || std::holds_alternative<Refused>(parsed)) co_return parsed;
    if (std::holds_alternative<ContinueExpected>(parsed)) {
      const Result<std::size_t> told = co_await connection_.write("HTTP/1.1 100 Continue\r\n\r\n");
      if (!told) co_return told.error();
    }
    const Result<std::size_t> read = co_await read_more();
    if (!read) co_return read.error();
  }
}

asio::awaitable<Result<std::size_t>> Session::read_more() {
  std::array<char, 4096> bytes;
  const Result<std::size_t> read = co_await connection_.read_some(bytes);
  if (read) parser_.append({bytes.data(), *read});
  co_return read;
}

asio::awaitable<Next> Session::answer(const Request& request) {
  const Answer answer = co_await decide(request);
  state_.log.debug("request",
                   {{"method", request.method}, {"path", request.path}, {"status", answer.status}});
  if (answer.scrape && request.method != "HEAD") co_return co_await send_scrape(answer, request);
  co_return co_await send(answer, request);
}

asio::awaitable<Answer> Session::decide(const Request& request) {
  std::optional<Answer> refused = co_await refusal(state_, request);
  if (refused) co_return std::move(*refused);
  Answer answer = respond_to(request);
  if (answer.reload) answer = co_await reload();
  co_return answer;
}

/// Has no deadline of its own: whoever asked wants to know what came of it.
asio::awaitable<Answer> Session::reload() {
  const ReloadResult result = co_await state_.site.reload();
  if (result.taken) co_return plain(200, "The configuration has been reloaded.");
  co_return plain(500, "The configuration has not been reloaded; the one before stays: " + result.reason);
}

asio::awaitable<Next> Session::send(const Answer& answer, const Request& request) {
  const bool stay = stays(request);
  // Of a scrape only the head gets here, and its length is not known; chunked is what the GET would say.
  const Framing streamed = request.chunks ? Framing::chunked : Framing::until_close;
  const Framing framing = answer.scrape ? streamed : Framing::length;
  const std::string head = head_of(answer, framing, stay);
  const std::string_view body = request.method == "HEAD" ? std::string_view() : std::string_view(answer.body);
  const Instant deadline = runtime::Clock::now() + state_.settings.write_timeout;
  const bool written = co_await write(head, body, deadline);
  if (!written) co_return Next::gone;
  co_return stay ? Next::request : Next::part;
}

/// For answers after which the connection cannot go on.
asio::awaitable<Next> Session::send_last(const Answer& answer) {
  const Request unread;
  co_return co_await send(answer, unread);
}

asio::awaitable<Next> Session::send_scrape(const Answer& answer, const Request& request) {
  if (state_.scrapes >= state_.settings.max_scrapes) {
    const Answer full = overloaded("Too many scrapes are under way.");
    co_return co_await send(full, request);
  }
  const ScrapePlace place(state_);
  std::optional<ScrapeBody> body = begin_scrape(*answer.scrape);
  if (!body) {
    const Answer failed = plain(500, "The metrics cannot be rendered; the log says why.");
    co_return co_await send(failed, request);
  }
  co_return co_await stream(answer, request, std::move(*body));
}

/// Each piece is written before the next is made, and the loop does other work in between.
asio::awaitable<Next> Session::stream(const Answer& answer, const Request& request, ScrapeBody body) {
  const bool stay = stays(request);
  const Framing framing = request.chunks ? Framing::chunked : Framing::until_close;
  const Instant end = runtime::Clock::now() + state_.settings.answer_timeout;
  std::string before = head_of(answer, framing, stay);
  Unfinished answer_under_way(connection_);
  std::string_view line_end;  // of the chunk before, if there is one
  std::string piece;
  while (body.next(piece)) {
    if (framing == Framing::chunked) before += fmt::format("{}{:x}\r\n", line_end, piece.size());
    line_end = "\r\n";
    const Instant deadline = std::min(end, runtime::Clock::now() + state_.settings.write_timeout);
    const bool written = co_await write(before, piece, deadline);
    if (!written) co_return Next::gone;
    before.clear();
  }
  if (framing == Framing::chunked) before += fmt::format("{}0\r\n\r\n", line_end);
  const bool written = co_await write(before, std::string_view(), end);
  if (!written) co_return Next::gone;
  answer_under_way.finished();
  co_return stay ? Next::request : Next::part;
}

/// False: the client is gone, or did not take it in time and has been cut off.
asio::awaitable<bool> Session::write(std::string_view first, std::string_view second, Instant deadline) {
  const Result<std::size_t> written =
      co_await runtime::with_deadline(connection_.write(first, second), deadline, "taking an answer");
  if (!written) {
    state_.log.debug("an answer was not taken", {{"reason", written.error().message}});
    connection_.abandon();
  }
  co_return written.has_value();
}

asio::awaitable<void> Session::part() {
  const Waiting waiting(state_, connection_);
  const Instant deadline = runtime::Clock::now() + state_.settings.linger_timeout;
  co_await runtime::with_deadline(connection_.part(), deadline, "the client's end");
}

std::string Session::head_of(const Answer& answer, Framing framing, bool stay) const {
  return response_head(answer, framing, stay ? KeepAlive::keep : KeepAlive::close, runtime::wall_now(),
                       state_.config->header_lines);
}

Answer Session::respond_to(const Request& request) {
  try {
    return respond(state_.site, request);
  } catch (const std::exception& failure) {
    report(failure);
    return plain(500, "The page cannot be made; the log says why.");
  }
}

std::optional<ScrapeBody> Session::begin_scrape(const ScrapeOrder& order) {
  try {
    return ScrapeBody(state_.site.scrape(order.format), order.encoding);
  } catch (const std::exception& failure) {
    report(failure);
    return std::nullopt;
  }
}

void Session::report(const std::exception& failure) {
  state_.log.error("a request could not be answered", {{"reason", failure.what()}});
}

}  // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, std::shared_ptr<ServerState> state) {
  Session session(std::move(socket), *state);
  co_await session.run();
}

asio::awaitable<void> turn_away(asio::ip::tcp::socket socket, std::shared_ptr<ServerState> state) {
  Session session(std::move(socket), *state);
  co_await session.refuse_service();
}

}  // namespace sas::web
