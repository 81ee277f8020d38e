// SPDX-License-Identifier: Apache-2.0
#pragma once
// TLS over a client's socket, as the server. Here and in tls_stream.cpp is all that the rest of the server
// does not need to know of it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"
#include "web/tls_context.hpp"

namespace sas::web {

namespace asio = boost::asio;

enum class Handshake : std::uint8_t {
  done,
  plain_http,  // the client speaks no TLS but HTTP, and may be told so without it
};

class TlsStream {
 public:
  /// The socket must outlive the stream, and neither of them may move.
  TlsStream(asio::ip::tcp::socket& socket, std::shared_ptr<TlsContext> context);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  /// An error (tls) says why there will be no connection.
  asio::awaitable<Result<Handshake>> shake_hands();

  /// As those of Connection.
  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into);
  asio::awaitable<Result<std::size_t>> write(std::string_view first, std::string_view second);

  /// Says that nothing more comes, and waits for the client to say the same.
  asio::awaitable<void> close();

 private:
  struct Stream;  // hides Asio's TLS

  std::shared_ptr<TlsContext> context_;  // the connection goes by it to its end
  std::unique_ptr<Stream> stream_;
};

}  // namespace sas::web
