// SPDX-License-Identifier: Apache-2.0
#include "web/connection.hpp"

#include <array>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace sas::web {
namespace {

Error broken(const boost::system::error_code& failure) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::transport, .message = failure.message()};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
  boost::system::error_code ignored;  // then small answers leave a little later
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

asio::awaitable<Result<Handshake>> Connection::secure(std::shared_ptr<TlsContext> context) {
  tls_.emplace(socket_, std::move(context));
  const Result<Handshake> shaken = co_await tls_->shake_hands();
  if (!shaken || *shaken == Handshake::plain_http) tls_.reset();
  co_return shaken;
}

asio::awaitable<Result<std::size_t>> Connection::read_some(std::span<char> into) {
  if (tls_) return tls_->read_some(into);
  return read_plain(into);
}

asio::awaitable<Result<std::size_t>> Connection::write(std::string_view first, std::string_view second) {
  if (tls_) return tls_->write(first, second);
  return write_plain(first, second);
}

asio::awaitable<Result<std::size_t>> Connection::read_plain(std::span<char> into) {
  boost::system::error_code failure;
  const asio::mutable_buffer buffer(into.data(), into.size());
  const std::size_t count =
      co_await socket_.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return broken(failure);
  co_return count;
}

asio::awaitable<Result<std::size_t>> Connection::write_plain(std::string_view first,
                                                             std::string_view second) {
  boost::system::error_code failure;
  const std::array<asio::const_buffer, 2> buffers{asio::const_buffer(first.data(), first.size()),
                                                  asio::const_buffer(second.data(), second.size())};
  const std::size_t count =
      co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return broken(failure);
  co_return count;
}

asio::awaitable<Result<std::size_t>> Connection::part() {
  if (tls_) co_await tls_->close();
  boost::system::error_code failure;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failure);
  std::array<char, 4096> forgotten;
  const asio::mutable_buffer buffer(forgotten.data(), forgotten.size());
  std::size_t count = 0;
  while (!failure) {
    count += co_await socket_.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failure));
  }
  co_return count;
}

void Connection::stop_reading() {
  boost::system::error_code ignored;  // it is gone already
  socket_.shutdown(asio::ip::tcp::socket::shutdown_receive, ignored);
}

void Connection::abandon() {
  boost::system::error_code ignored;  // it is gone already
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  socket_.close(ignored);
}

}  // namespace sas::web
