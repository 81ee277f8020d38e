// SPDX-License-Identifier: Apache-2.0
#include "api/excerpt.hpp"

namespace sas::api {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

constexpr bool is_continuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

// Bytes of the character that starts the text (RFC 3629: shortest form, no surrogates, up to U+10FFFF); 0:
// none does.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte(i))) return 0;
  }
  const unsigned char second = byte(1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  const bool too_large = lead == 0xF4 && second > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

constexpr bool is_blank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

}  // namespace

std::string mend_utf8(std::string_view text) {
  std::string mended;
  mended.reserve(text.size() + kReplacement.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    mended += length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return mended;
}

std::string excerpt(std::string_view text, std::size_t limit) {
  std::string line;
  bool gap = false;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view character = length == 0 ? kReplacement : text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
    if (character.size() == 1 && is_blank(character.front())) {
      gap = !line.empty();
      continue;
    }
    if (line.size() + (gap ? 1 : 0) + character.size() > limit) return line + "…";
    if (gap) line += ' ';
    gap = false;
    line += character;
  }
  return line;
}

}  // namespace sas::api
