// SPDX-License-Identifier: Apache-2.0
#pragma once
// An answer as a value, and its head in the letters of HTTP/1.1 (RFC 9112). Nothing of a request ever gets
// into a head.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "exposition/format.hpp"

namespace sas::web {

enum class Encoding : std::uint8_t { identity, gzip };

/// How the metrics are to be written: they stream, so they do not stand in an Answer's body.
struct ScrapeOrder {
  exposition::Format format = exposition::Format::text;
  Encoding encoding = Encoding::identity;
};

struct Answer {
  unsigned status = 200;
  std::string_view content_type = "text/plain; charset=utf-8";
  std::string body;
  std::optional<ScrapeOrder> scrape;                // in place of the body
  bool reload = false;                              // in place of all of it: what comes of a reload
  std::string allow;                                // with 405: the methods that the path has
  std::optional<std::chrono::seconds> retry_after;  // with 503
  std::string location;                             // with 302
  bool asks_who = false;                            // with 401
};

/// A plain text answer: the sentence and a line end.
Answer plain(unsigned status, std::string_view sentence);

/// 503 with Retry-After: the server is at one of its bounds.
Answer overloaded(std::string_view sentence);

/// How the client learns where the body ends.
enum class Framing : std::uint8_t { length, chunked, until_close };
enum class KeepAlive : std::uint8_t { keep, close };

/// The status line and the header fields, the empty line included. `now` is for Date, `more` whole lines that
/// every head has.
std::string response_head(const Answer& answer, Framing framing, KeepAlive keep_alive, Time now,
                          std::string_view more = {});

/// `Fri, 02 Jan 2026 03:04:05 GMT` (RFC 9110, section 5.6.7).
std::string http_date(Time time);

}  // namespace sas::web
