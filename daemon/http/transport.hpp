// SPDX-License-Identifier: Apache-2.0
#pragma once
// A byte stream to the other side, plain or TLS: what an exchange needs of it, and nothing of how it is made.

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace sas::http {

namespace asio = boost::asio;

class Transport {
 public:
  virtual ~Transport() = default;

  /// At least one byte, or why there is none; `asio::error::eof` when the other side has ended the stream
  /// properly. Throws operation_aborted when cancelled, as send() does.
  virtual asio::awaitable<boost::system::result<std::size_t>> receive(std::span<char> space) = 0;

  /// All of `bytes`, or why not.
  virtual asio::awaitable<boost::system::error_code> send(std::string_view bytes) = 0;

  /// False where something is there to be read, the end of the stream included. An idle connection like that
  /// is of no use: what comes unasked is not the answer to the next request.
  [[nodiscard]] virtual bool quiet() = 0;
};

}  // namespace sas::http
