// SPDX-License-Identifier: Apache-2.0
#include "settings/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include <fmt/format.h>

namespace sas::settings {
namespace {

constexpr std::size_t kShown = 64;

unsigned char byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool continues(std::string_view text, std::size_t at) {
  return (byte(text, at) & 0xC0U) == 0x80U;
}

struct Lead {
  unsigned char first, last;                // of the first byte
  unsigned char second_first, second_last;  // of the second: this rules out overlong forms and surrogates
  std::size_t length;
};

constexpr std::array<Lead, 9> kLeads{{{0x00, 0x7F, 0, 0, 1},
                                      {0xC2, 0xDF, 0x80, 0xBF, 2},
                                      {0xE0, 0xE0, 0xA0, 0xBF, 3},
                                      {0xE1, 0xEC, 0x80, 0xBF, 3},
                                      {0xED, 0xED, 0x80, 0x9F, 3},
                                      {0xEE, 0xEF, 0x80, 0xBF, 3},
                                      {0xF0, 0xF0, 0x90, 0xBF, 4},
                                      {0xF1, 0xF3, 0x80, 0xBF, 4},
                                      {0xF4, 0xF4, 0x80, 0x8F, 4}}};

/// Bytes of the character that begins here; 0: none does.
std::size_t character_length(std::string_view text, std::size_t at) {
  const unsigned char first = byte(text, at);
  const auto* lead = std::find_if(kLeads.begin(), kLeads.end(), [first](const Lead& candidate) {
    return candidate.first <= first && first <= candidate.last;
  });
  if (lead == kLeads.end()) return 0;
  if (lead->length == 1) return 1;
  const unsigned char second = byte(text, at + 1);
  if (second < lead->second_first || second > lead->second_last) return 0;
  for (std::size_t next = 2; next < lead->length; ++next) {
    if (!continues(text, at + next)) return 0;
  }
  return lead->length;
}

std::string without_userinfo(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return std::string{text};
  const std::size_t scheme = text.substr(0, at).find("://");
  const std::size_t kept = scheme == std::string_view::npos ? 0 : scheme + 3;
  return fmt::format("{}***{}", text.substr(0, kept), text.substr(at));
}

std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < right.size(); ++j) {
      const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<std::size_t> find_malformed_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = character_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

bool has_control_character(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const unsigned char here = byte(text, at);
    const bool c1 = here == 0xC2 && byte(text, at + 1) >= 0x80 && byte(text, at + 1) <= 0x9F;
    if (here < 0x20 || here == 0x7F || c1) return true;
  }
  return false;
}

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    count += continues(text, at) ? 0 : 1;
  return count;
}

std::string printable(std::string_view text) {
  const std::string bare = without_userinfo(text);
  std::string shown;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < bare.size();) {
    if (characters++ == kShown) return shown + "…";
    const std::size_t length = std::max<std::size_t>(character_length(bare, at), 1);
    const std::string_view character = std::string_view{bare}.substr(at, length);
    const bool unsafe = has_control_character(character) || character_length(bare, at) == 0;
    shown += unsafe ? "?" : character;
    at += length;
  }
  return shown;
}

std::string in_quotes(std::string_view text) {
  return '\'' + printable(text) + '\'';
}

std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates) {
  constexpr std::size_t kLongest = 64;  // no key is as long; bounds the work
  if (text.size() > kLongest) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t least = 1 + text.size() / 4;
  for (const std::string_view candidate : candidates) {
    const std::size_t steps = distance(text, candidate);
    if (steps > least || steps >= candidate.size() || (best && steps == least)) continue;
    least = steps;
    best = candidate;
  }
  return best;
}

std::string listed(std::span<const std::string_view> words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace sas::settings
