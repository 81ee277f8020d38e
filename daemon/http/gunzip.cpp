// SPDX-License-Identifier: Apache-2.0
#include "http/gunzip.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <isa-l/igzip_lib.h>

namespace sas::http {
namespace {

constexpr std::uint64_t kFirstGuess = 64 * 1024;
constexpr std::uint64_t kUsualRatio = 6;

Error damaged(ErrorKind kind, std::string message) {
  return {.kind = kind, .cause = ErrorCause::transport, .message = std::move(message)};
}

// Unpacks one member from `state`'s input to the end of `text`. One byte more than the limit is room enough
// to see that it is passed.
Result<void> unpack_member(inflate_state& state, std::string& text, std::uint64_t limit) {
  std::size_t used = text.size();
  while (state.block_state != ISAL_BLOCK_FINISH) {
    if (used == text.size()) {
      if (used > limit) break;
      text.resize(std::min<std::uint64_t>(limit + 1, std::max(kFirstGuess, 2 * std::uint64_t{used})));
    }
    state.next_out = reinterpret_cast<std::uint8_t*>(text.data()) + used;
    state.avail_out = static_cast<std::uint32_t>(text.size() - used);
    const std::uint32_t input_before = state.avail_in;
    const int outcome = ::isal_inflate(&state);
    const std::size_t now_used = text.size() - state.avail_out;
    const bool stuck = now_used == used && state.avail_in == input_before;
    used = now_used;
    if (outcome < 0) return damaged(ErrorKind::retry, "the gzip in the answer is damaged");
    if (state.block_state != ISAL_BLOCK_FINISH && state.avail_out != 0 && stuck)
      return damaged(ErrorKind::retry, "the gzip in the answer is cut short");
  }
  text.resize(used);
  if (used > limit)
    return damaged(ErrorKind::give_up,
                   fmt::format("the answer is larger than {} bytes when unpacked", limit));
  return {};
}

}  // namespace

Result<std::string> gunzip(std::string_view packed, std::uint64_t limit) {
  const auto state = std::make_unique<inflate_state>();  // about 85 KB
  ::isal_inflate_init(state.get());
  // The library does not write to its input; its interface comes from C.
  state->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(packed.data()));
  state->avail_in = static_cast<std::uint32_t>(packed.size());
  std::string text;
  text.reserve(std::min(limit + 1, std::max(kFirstGuess, kUsualRatio * packed.size())));
  do {
    ::isal_inflate_reset(state.get());
    state->crc_flag = ISAL_GZIP;
    if (const auto unpacked = unpack_member(*state, text, limit); !unpacked) return unpacked.error();
  } while (state->avail_in > 0);
  return text;
}

}  // namespace sas::http
