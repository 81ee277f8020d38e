// SPDX-License-Identifier: Apache-2.0
#include "api/api_error.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "api/error_body.hpp"
#include "api/error_code.hpp"
#include "api/excerpt.hpp"
#include "api/redact.hpp"
#include "base/time.hpp"

namespace sas::api {
namespace {

constexpr std::size_t kReadBytes = 4096;  // of a body or a message, before it is cut for showing
constexpr std::size_t kMessageBytes = 400;
constexpr std::size_t kBodyBytes = 200;
constexpr std::size_t kNameBytes = 128;

std::string shown(std::string_view text, std::size_t limit) {
  return excerpt(redact(text.substr(0, kReadBytes)), limit);
}

constexpr bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
         c == '_';
}

// Codes become label values and request ids go into every log: whatever does not look like one is none.
std::string name_or_nothing(std::string_view text) {
  const bool is_name = text.size() <= kNameBytes && std::ranges::all_of(text, is_name_character);
  return is_name ? std::string{text} : std::string{};
}

// An answer of some other server: a proxy, a load balancer, a login page. Its status does not speak of our
// key or rights.
bool is_foreign(const FailedAnswer& answer, const ErrorBody& body) {
  return body.form == ErrorBody::Form::other && answer.http_status < 500 && answer.http_status != 429 &&
         answer.http_status != 408;
}

std::optional<Milliseconds> wanted_pause(const FailedAnswer& answer) {
  return answer.retry_after > Milliseconds::zero() ? answer.retry_after : std::nullopt;
}

Verdict judge(const FailedAnswer& answer, const ErrorBody& body) {
  const auto known = verdict_of_code(body.code);
  // Whoever asks for a pause gets it, unless the code says that no pause will help.
  const bool pause_may_help = !known || known->cause == ErrorCause::server;
  if (wanted_pause(answer) && pause_may_help) return {ErrorKind::wait, ErrorCause::throttled};
  if (known) return *known;
  if (is_foreign(answer, body)) return {ErrorKind::give_up, ErrorCause::not_json};
  return verdict_of_status(answer.http_status);
}

std::string describe(const FailedAnswer& answer, const ErrorBody& body) {
  if (!body.message.empty()) return shown(body.message, kMessageBytes);
  switch (body.form) {
    case ErrorBody::Form::empty:
      return "the answer is empty";
    case ErrorBody::Form::json:
    case ErrorBody::Form::xml:
      return body.code.empty() ? fmt::format("the answer tells no reason: {}", shown(answer.body, kBodyBytes))
                               : "the service tells no reason but the code";
    case ErrorBody::Form::other:
      break;
  }
  return fmt::format("the answer{}{} is not the service's: {}",
                     answer.content_type.empty() ? "" : " of type ", excerpt(answer.content_type, kNameBytes),
                     shown(answer.body, kBodyBytes));
}

}  // namespace

std::optional<Milliseconds> read_retry_after(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure != std::errc{} || end != text.data() + text.size() || count <= 0) return std::nullopt;
  return Milliseconds{count};
}

Error classify(const FailedAnswer& answer) {
  const ErrorBody body = read_error_body(answer.body);
  const Verdict verdict = judge(answer, body);
  Error error{.kind = verdict.kind,
              .cause = verdict.cause,
              .message = describe(answer, body),
              .code = name_or_nothing(body.code),
              .request_id = name_or_nothing(body.request_id),
              .http_status = answer.http_status,
              .retry_after = wanted_pause(answer)};
  if (error.request_id.empty()) error.request_id = name_or_nothing(answer.request_id_header);
  return error;
}

}  // namespace sas::api
