// SPDX-License-Identifier: Apache-2.0
#pragma once
// One client's socket: reading and writing as results, and the two ways of parting. Deadlines are the
// caller's.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"

namespace sas::web {

namespace asio = boost::asio;

class Connection {
 public:
  explicit Connection(asio::ip::tcp::socket socket);

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
  asio::ip::tcp::socket socket_;
};

}  // namespace sas::web
