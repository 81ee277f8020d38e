// SPDX-License-Identifier: Apache-2.0
#pragma once
// One client's connection, with TLS or without. Errors come back as results; deadlines are the caller's.

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "base/result.hpp"

namespace sas::simulator {

namespace asio = boost::asio;

class Connection {
 public:
  /// `tls` null: plain. It must outlive the connection.
  Connection(asio::ip::tcp::socket socket, asio::ssl::context* tls);
  ~Connection();

  asio::awaitable<Result<std::size_t>> handshake();

  /// At least one byte.
  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into);

  /// All of both.
  asio::awaitable<Result<std::size_t>> write(std::string_view first, std::string_view second = {});

  /// Says that nothing more comes (close_notify with TLS) and waits until the client has understood.
  asio::awaitable<Result<std::size_t>> part();

  /// Ends it with a FIN, without a close_notify: what an aborted answer looks like.
  void drop();

  /// Ends it with a RST.
  void reset();

 private:
  struct Stream;
  asio::ip::tcp::socket& socket();

  std::unique_ptr<Stream> stream_;
};

}  // namespace sas::simulator
