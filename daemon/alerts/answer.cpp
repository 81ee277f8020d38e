// SPDX-License-Identifier: Apache-2.0
#include "alerts/answer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "http/date.hpp"

namespace sas::alerts {
namespace {

// RFC 9110, section 10.2.3: seconds, or a date.
std::optional<Milliseconds> retry_after(const http::Response& response, Time now) {
  const std::string_view text = response.header("Retry-After");
  std::uint32_t seconds = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failure == std::errc{} && end == text.data() + text.size()) return std::chrono::seconds{seconds};
  if (const std::optional<Time> date = http::parse_date(text)) return std::max(Milliseconds{0}, *date - now);
  return std::nullopt;
}

struct Meaning {
  ErrorKind kind;
  ErrorCause cause;
};

Meaning meaning(unsigned status) {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return {.kind = ErrorKind::retry, .cause = ErrorCause::permission};
    case 408:
      return {.kind = ErrorKind::retry, .cause = ErrorCause::timeout};
    case 429:
      return {.kind = ErrorKind::wait, .cause = ErrorCause::throttled};
    default:
      break;
  }
  if (status >= 500) return {.kind = ErrorKind::retry, .cause = ErrorCause::server};
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::parameter};
}

}  // namespace

Result<void> judge(const http::Response& response, Time now) {
  if (response.status >= 200 && response.status < 300) return {};
  const Meaning means = meaning(response.status);
  Error error{.kind = means.kind, .cause = means.cause, .message = {}};
  error.http_status = response.status;
  if (error.kind != ErrorKind::give_up) error.retry_after = retry_after(response, now);
  return error;
}

Error no_answer(const Error& error) {
  return {.kind = ErrorKind::retry, .cause = error.cause, .message = {}};
}

std::string blame(const Error& error) {
  std::string text(to_string(error.cause));
  if (!error.message.empty()) text += fmt::format(": {}", error.message);
  if (error.http_status != 0) text += fmt::format(", HTTP {}", error.http_status);
  if (!error.code.empty()) text += fmt::format(", code {}", error.code);
  return text;
}

}  // namespace sas::alerts
