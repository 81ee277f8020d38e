// SPDX-License-Identifier: Apache-2.0
#pragma once
// Makes a Response of the bytes of an answer as they come (RFC 9112), without doing any I/O.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "http/client.hpp"

namespace sas::http {

class ResponseParser {
 public:
  enum class Body : std::uint8_t {
    expected,
    none,  // answers to HEAD, and to CONNECT: they end with their header, whatever it says
  };

  /// `max_body`: bytes of the body as it is sent.
  ResponseParser(Body body, std::uint64_t max_body);
  ~ResponseParser();
  ResponseParser(const ResponseParser&) = delete;
  ResponseParser& operator=(const ResponseParser&) = delete;

  /// How many of `bytes` are used up. The others must come again, at the front of the next call, with more
  /// after them. Interim answers (100 to 199) are skipped.
  Result<std::size_t> feed(std::string_view bytes);

  /// The other side sends no more. An error unless that is how this answer ends.
  Result<void> end_of_stream();

  [[nodiscard]] bool done() const;

  /// Whether another request may follow on the connection.
  [[nodiscard]] bool keep_alive() const;

  /// Once, when done.
  [[nodiscard]] Response take();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sas::http
