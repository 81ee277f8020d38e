// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules for single texts of the web configuration. A problem is what is wrong and what would be right, to be
// read after the value.

#include <chrono>
#include <optional>
#include <string_view>
#include <variant>

#include "settings/expand.hpp"

namespace sas::settings {

/// A hash as `htpasswd -B` writes it. More rounds than 2^18 are refused: one check would take minutes.
std::optional<Problem> check_bcrypt_hash(std::string_view text);

/// The five headers that the format knows, with the values that it knows for two of them.
std::optional<Problem> check_header_name(std::string_view name);
std::optional<Problem> check_header_value(std::string_view name, std::string_view value);

/// What OpenSSL calls a cipher suite that Go calls `name`; empty for those of TLS 1.3, which are always on.
std::variant<std::string_view, Problem> cipher_named(std::string_view name);
std::variant<std::string_view, Problem> curve_named(std::string_view name);

/// `1s`, `1m30s`, `0.5s`: durations as Go writes them; not below zero, at most a day.
std::variant<std::chrono::nanoseconds, Problem> read_go_duration(std::string_view text);

}  // namespace sas::settings
