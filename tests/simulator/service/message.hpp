// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request as it came over the wire and the answer to it, with everything that a fault may do on the way.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace sas::simulator {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;
  std::string target;  // path and query, as sent
  std::vector<Header> headers;
  std::string body;
};

/// The first header of that name, in whatever case; `name` in lower case.
std::optional<std::string_view> find_header(const Request& request, std::string_view name);

enum class Framing : std::uint8_t { content_length, chunked, until_close };

struct Delivery {
  Framing framing = Framing::content_length;
  Milliseconds delay{0};                       // before the first byte; real time
  Milliseconds pause{0};                       // between the pieces of the body; 0: all at once
  std::optional<std::size_t> declared_length;  // in place of the true one
  std::optional<std::size_t> cut_at;           // bytes of the body that are sent before the connection ends
  bool close_after = false;
  bool hang = false;   // nothing is sent, ever
  bool reset = false;  // nothing is sent, and the connection is reset
};

struct Answer {
  unsigned status = 200;
  std::string content_type;
  std::string request_id;  // x-acs-request-id; empty: none
  std::vector<Header> headers;
  std::string body;
  Delivery delivery;
};

/// Everything up to the body: status line, headers, empty line. `date` is the service's time.
std::string head_text(const Answer& answer, Time date);

/// `Tue, 02 Jan 2026 03:04:05 GMT` (RFC 9110, section 5.6.7).
std::string http_date(Time time);

}  // namespace sas::simulator
