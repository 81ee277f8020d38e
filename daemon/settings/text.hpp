// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small questions about text that the mistakes of a configuration file raise.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sas::settings {

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629).
std::optional<std::size_t> find_malformed_utf8(std::string_view text);

/// Whether a control character (C0, DEL or, in UTF-8, C1) is in it.
bool has_control_character(std::string_view text);

/// Characters of well-formed UTF-8.
std::size_t count_characters(std::string_view text);

/// As a message may show it: one line, cut after 64 characters, without the user and password of a URL.
std::string printable(std::string_view text);
/// The same between quotes.
std::string in_quotes(std::string_view text);

/// The candidate that was probably meant; nothing where none is near.
std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates);

/// `a, b, c`
std::string listed(std::span<const std::string_view> words);

}  // namespace sas::settings
