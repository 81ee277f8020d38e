// SPDX-License-Identifier: Apache-2.0
#pragma once
// One client's socket, with TLS over it or without: reading and writing as results, and the two ways of
// parting. Deadlines are the caller's.

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"
#include "web/tls_stream.hpp"

namespace sas::web {

class Connection {
 public:
  explicit Connection(asio::ip::tcp::socket socket);

  /// Shakes hands; what is read and written from then on is within TLS, unless the client speaks plain HTTP.
  asio::awaitable<Result<Handshake>> secure(std::shared_ptr<TlsContext> context);

  /// Some bytes, at least one; an error (transport) when the client has closed or the connection broke.
  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into);

  /// Writes both, one after the other; they must stay where they are until then.
  asio::awaitable<Result<std::size_t>> write(std::string_view first, std::string_view second = {});

  /// Says that nothing more comes, then reads and forgets what the client still sends until it closes.
  /// Closing at once would reset the connection, and the client might never see the last answer (RFC 9112,
  /// section 9.6).
  asio::awaitable<Result<std::size_t>> part();

  /// Ends a pending read, and all later ones, as if the client had closed.
  void stop_reading();

  /// Resets the connection, so that the kernel does not keep trying to deliver what it still holds.
  void abandon();

 private:
  asio::awaitable<Result<std::size_t>> read_plain(std::span<char> into);
  asio::awaitable<Result<std::size_t>> write_plain(std::string_view first, std::string_view second);

  asio::ip::tcp::socket socket_;
  std::optional<TlsStream> tls_;
};

}  // namespace sas::web
