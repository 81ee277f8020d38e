// SPDX-License-Identifier: Apache-2.0
#include "simulator/server/connection.hpp"

#include <array>
#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace sas::simulator {

using boost::system::error_code;

/// Exactly one of them.
struct Connection::Stream {
  std::optional<asio::ip::tcp::socket> plain = {};
  std::optional<asio::ssl::stream<asio::ip::tcp::socket>> tls = {};
};

namespace {

Result<std::size_t> result(const error_code& failure, std::size_t count) {
  if (!failure) return count;
  return Error{.kind = ErrorKind::give_up, .cause = ErrorCause::transport, .message = failure.message()};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, asio::ssl::context* tls)
    : stream_(std::make_unique<Stream>()) {
  error_code ignored;  // then small answers leave a little later
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  if (tls != nullptr) {
    stream_->tls.emplace(std::move(socket), *tls);
  } else {
    stream_->plain.emplace(std::move(socket));
  }
}

Connection::~Connection() = default;

asio::ip::tcp::socket& Connection::socket() {
  return stream_->tls ? stream_->tls->next_layer() : *stream_->plain;
}

asio::awaitable<Result<std::size_t>> Connection::handshake() {
  error_code failure;
  if (stream_->tls) {
    co_await stream_->tls->async_handshake(asio::ssl::stream_base::server,
                                           asio::redirect_error(asio::use_awaitable, failure));
  }
  co_return result(failure, 0);
}

asio::awaitable<Result<std::size_t>> Connection::read_some(std::span<char> into) {
  error_code failure;
  const asio::mutable_buffer buffer(into.data(), into.size());
  std::size_t count = 0;
  if (stream_->tls) {
    count =
        co_await stream_->tls->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failure));
  } else {
    count =
        co_await stream_->plain->async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failure));
  }
  co_return result(failure, count);
}

asio::awaitable<Result<std::size_t>> Connection::write(std::string_view first, std::string_view second) {
  error_code failure;
  const std::array<asio::const_buffer, 2> buffers{asio::const_buffer(first.data(), first.size()),
                                                  asio::const_buffer(second.data(), second.size())};
  std::size_t count = 0;
  if (stream_->tls) {
    count = co_await asio::async_write(*stream_->tls, buffers,
                                       asio::redirect_error(asio::use_awaitable, failure));
  } else {
    count = co_await asio::async_write(*stream_->plain, buffers,
                                       asio::redirect_error(asio::use_awaitable, failure));
  }
  co_return result(failure, count);
}

asio::awaitable<Result<std::size_t>> Connection::part() {
  error_code failure;
  if (stream_->tls) co_await stream_->tls->async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
  error_code ended;
  socket().shutdown(asio::ip::tcp::socket::shutdown_send, ended);
  std::array<char, 4'096> forgotten{};
  const asio::mutable_buffer buffer(forgotten.data(), forgotten.size());
  while (!ended) {
    co_await socket().async_read_some(buffer, asio::redirect_error(asio::use_awaitable, ended));
  }
  co_return result(failure, 0);
}

void Connection::drop() {
  error_code ignored;  // it is gone already
  socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket().close(ignored);
}

void Connection::reset() {
  error_code ignored;  // it is gone already
  socket().set_option(asio::socket_base::linger(true, 0), ignored);
  socket().close(ignored);
}

}  // namespace sas::simulator
