// SPDX-License-Identifier: Apache-2.0
#include "alerts/chat.hpp"

#include <algorithm>
#include <system_error>
#include <variant>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sas::alerts {
namespace {

namespace json = boost::json;

// Of the descriptions together, in bytes: quotes, keys and summaries take the rest of the 20 kB.
constexpr std::size_t kMostText = 10'000;

// At the end of a character.
std::string cut(std::string text, std::size_t most) {
  constexpr std::string_view kMore = "…";
  if (text.size() <= most) return text;
  std::size_t end = most - kMore.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;
  text.resize(end);
  return text.append(kMore);
}

Tone tone_of(const Piece& piece) {
  const auto* change = std::get_if<policy::AlertChange>(&piece.event);
  if (change == nullptr) return Tone::neutral;
  if (change->status == policy::AlertStatus::resolved) return Tone::good;
  switch (policy::severity(change->alert)) {
    case policy::Severity::info:
      return Tone::neutral;
    case policy::Severity::warning:
      return Tone::warning;
    case policy::Severity::critical:
      return Tone::bad;
  }
  return Tone::warning;
}

std::string title_of(const Batch& batch) {
  if (batch.size() == 1) return describe(*batch.front()).summary;
  std::size_t firing = 0;
  std::size_t resolved = 0;
  std::size_t transitions = 0;
  for (const Piece* piece : batch) {
    const auto* change = std::get_if<policy::AlertChange>(&piece->event);
    ++(change == nullptr ? transitions : change->status == policy::AlertStatus::firing ? firing : resolved);
  }
  std::vector<std::string> parts;
  if (firing > 0) parts.push_back(fmt::format("{} firing", firing));
  if (resolved > 0) parts.push_back(fmt::format("{} resolved", resolved));
  if (transitions > 0)
    parts.push_back(fmt::format("{} task transition{}", transitions, transitions > 1 ? "s" : ""));
  return fmt::format("Security Center tasks: {}", fmt::join(parts, ", "));
}

ChatEntry entry_of(const Piece& piece, std::string_view runbooks, std::size_t most) {
  policy::Wording wording = describe(piece);
  ChatEntry entry{.kind = "Task transition",
                  .summary = std::move(wording.summary),
                  .description = cut(std::move(wording.description), most),
                  .runbook_url = {}};
  if (const auto* change = std::get_if<policy::AlertChange>(&piece.event)) {
    entry.kind =
        fmt::format("{}, {}, {}", policy::alertname(change->alert),
                    policy::to_string(policy::severity(change->alert)), policy::to_string(change->status));
    entry.runbook_url = policy::runbook_url(runbooks, change->alert);
  }
  return entry;
}

}  // namespace

ChatMessage chat_message(const Batch& batch, std::string_view runbooks) {
  ChatMessage message{.title = title_of(batch), .tone = Tone::good, .entries = {}};
  for (const Piece* piece : batch) {
    message.tone = std::max(message.tone, tone_of(*piece));
    message.entries.push_back(entry_of(*piece, runbooks, kMostText / batch.size()));
  }
  return message;
}

Result<std::int64_t> read_code(const http::Response& response, std::string_view name) {
  boost::system::error_code failure;
  const json::value answer = json::parse(response.body, failure);
  const json::object* object = failure ? nullptr : answer.if_object();
  const json::value* code = object == nullptr ? nullptr : object->if_contains(name);
  if (code != nullptr && code->is_int64()) return code->get_int64();
  Error error{.kind = ErrorKind::retry, .cause = ErrorCause::not_json, .message = {}};
  error.http_status = response.status;
  return error;
}

}  // namespace sas::alerts
