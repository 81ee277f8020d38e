// SPDX-License-Identifier: Apache-2.0
#pragma once
// News as people read it in a group chat: several pieces to a message.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/piece.hpp"
#include "base/result.hpp"
#include "http/client.hpp"

namespace sas::alerts {

enum class Tone : std::uint8_t { good, neutral, warning, bad };

struct ChatEntry {
  std::string kind;  // `SasTaskStalled, warning, firing`; `Task transition`
  std::string summary;
  std::string description;
  std::string runbook_url;  // empty: none
};

struct ChatMessage {
  std::string title;  // the summary of the only piece; or how many of what
  Tone tone = Tone::neutral;
  std::vector<ChatEntry> entries;
};

/// So many pieces make a message that people still read.
constexpr std::size_t kMostInMessage = 20;

/// What is too long for all of it to fit into the 20 kB that both services allow is cut.
ChatMessage chat_message(const Batch& batch, std::string_view runbooks);

/// The number of that name in an answer that should be a JSON object; an error to be tried again where it is
/// none: somebody else has answered.
Result<std::int64_t> read_code(const http::Response& response, std::string_view name);

}  // namespace sas::alerts
