// SPDX-License-Identifier: Apache-2.0
#include "http/tcp.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>

#include "http/name_lookups.hpp"
#include "runtime/timer.hpp"

namespace sas::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using Socket = std::shared_ptr<tcp::socket>;

Error no_connection(const error_code& failure) {
  return {.kind = ErrorKind::retry, .cause = ErrorCause::transport, .message = failure.message()};
}

asio::awaitable<Result<std::vector<tcp::endpoint>>> look_up(std::string host, std::uint16_t port) {
  const auto executor = co_await asio::this_coro::executor;
  auto& names = asio::use_service<NameLookups>(asio::query(executor, asio::execution::context));
  co_return co_await names.look_up(std::move(host), port);
}

asio::awaitable<Result<Socket>> connect_to(tcp::endpoint endpoint) {
  auto socket = std::make_shared<tcp::socket>(co_await asio::this_coro::executor);
  error_code failure;
  co_await socket->async_connect(endpoint, asio::redirect_error(asio::use_awaitable, failure));
  throw_if_cancelled(failure);
  if (failure) co_return no_connection(failure);
  socket->set_option(tcp::no_delay(true), failure);
  if (!failure) socket->non_blocking(true, failure);
  if (failure) co_return no_connection(failure);
  co_return std::move(socket);
}

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(Socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<boost::system::result<std::size_t>> receive(std::span<char> space) override {
    error_code failure;
    const std::size_t count = co_await socket_->async_read_some(
        asio::buffer(space.data(), space.size()), asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    if (failure) co_return failure;
    co_return count;
  }

  asio::awaitable<error_code> send(std::string_view bytes) override {
    error_code failure;
    co_await asio::async_write(*socket_, asio::buffer(bytes.data(), bytes.size()),
                               asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    co_return failure;
  }

  bool quiet() override { return is_quiet(*socket_); }

 private:
  Socket socket_;
};

}  // namespace

asio::awaitable<Result<std::vector<tcp::endpoint>>> resolve(std::string host, std::uint16_t port,
                                                            Instant deadline) {
  error_code is_name;
  const asio::ip::address address = asio::ip::make_address(host, is_name);
  if (!is_name) co_return std::vector<tcp::endpoint>{tcp::endpoint(address, port)};
  co_return co_await runtime::with_deadline(look_up(host, port), deadline, "looking up the name");
}

asio::awaitable<Result<Socket>> connect_to_any(std::vector<tcp::endpoint> endpoints, Instant deadline) {
  Result<Socket> outcome = no_connection(asio::error::host_not_found);
  auto left = static_cast<Monotonic::rep>(endpoints.size());
  for (const tcp::endpoint& endpoint : endpoints) {
    const Instant now = runtime::Clock::now();
    const Instant share = now + std::max(deadline - now, Monotonic::duration::zero()) / left--;
    outcome = co_await runtime::with_deadline(connect_to(endpoint), share, "connecting");
    if (outcome) break;
  }
  co_return std::move(outcome);
}

asio::awaitable<Result<Socket>> connect_tcp(std::string host, std::uint16_t port, Instant deadline) {
  Result<std::vector<tcp::endpoint>> found = co_await resolve(std::move(host), port, deadline);
  if (!found) co_return found.error();
  co_return co_await connect_to_any(std::move(*found), deadline);
}

std::unique_ptr<Transport> make_plain_transport(Socket socket) {
  return std::make_unique<PlainTransport>(std::move(socket));
}

bool is_quiet(tcp::socket& socket) {
  char byte = 0;
  error_code failure;
  socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, failure);
  return failure == asio::error::would_block;
}

void throw_if_cancelled(const error_code& failure) {
  if (failure == asio::error::operation_aborted) throw boost::system::system_error(failure);
}

}  // namespace sas::http
