// SPDX-License-Identifier: Apache-2.0
#pragma once
// A connection, and what goes over it: a request's text, then one answer.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "http/client.hpp"
#include "http/response_parser.hpp"
#include "http/transport.hpp"

namespace sas::http {

/// What was received and not used yet, in one piece. Large, so that a whole page of tasks comes with one
/// system call; memory that is never written to costs nothing.
class ReadBuffer {
 public:
  ReadBuffer();

  /// Room for at least one byte more, unless kSize bytes stand unused.
  std::span<char> space();
  void received(std::size_t count) { end_ += count; }
  [[nodiscard]] std::string_view unused() const { return {bytes_.get() + begin_, end_ - begin_}; }
  void used(std::size_t count);

  static constexpr std::size_t kSize = 256UL * 1024;

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

struct Connection {
  explicit Connection(std::unique_ptr<Transport> over) : transport(std::move(over)) {}

  std::unique_ptr<Transport> transport;
  ReadBuffer buffer;
};

/// How far an exchange has come: names the stage in its errors.
struct Progress {
  std::string_view stage;  // `connecting to`, …
  std::string peer;        // … `host:port`
  bool answer_begun = false;
};

enum class Afterwards : std::uint8_t { reusable, spent };

struct Answered {
  Response response;  // the body as it was sent
  Afterwards connection = Afterwards::spent;
};

/// Sends `text` and reads the answer. Errors give the reason only; `progress` tells the rest. All arguments
/// must live until it is done.
asio::awaitable<Result<Answered>> converse(Connection& connection, std::string_view text,
                                           ResponseParser& parser, Progress& progress);

}  // namespace sas::http
