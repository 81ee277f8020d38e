// SPDX-License-Identifier: Apache-2.0
#include "http/tunnel.hpp"

#include <utility>

#include <fmt/format.h>

#include "http/connection.hpp"
#include "http/response_parser.hpp"
#include "http/tcp.hpp"

namespace sas::http {
namespace {

constexpr unsigned kHundreds = 100;
constexpr unsigned kSuccess = 2;
constexpr unsigned kServerError = 5;

Error refused(unsigned status) {
  return {.kind = status / kHundreds == kServerError ? ErrorKind::retry : ErrorKind::give_up,
          .cause = ErrorCause::transport,
          .message = fmt::format("it answered with HTTP status {}", status)};
}

Error unasked_bytes() {
  return {.kind = ErrorKind::retry,
          .cause = ErrorCause::transport,
          .message = "more than the proxy's answer came before anything was asked through it"};
}

}  // namespace

asio::awaitable<Result<bool>> open_tunnel(std::shared_ptr<asio::ip::tcp::socket> socket, std::string text) {
  Connection connection(make_plain_transport(std::move(socket)));
  ResponseParser parser(ResponseParser::Body::none, 0);
  Progress progress;
  const Result<Answered> answered = co_await converse(connection, text, parser, progress);
  if (!answered) co_return answered.error();
  if (answered->response.status / kHundreds != kSuccess) co_return refused(answered->response.status);
  if (!connection.buffer.unused().empty()) co_return unasked_bytes();
  co_return true;
}

}  // namespace sas::http
