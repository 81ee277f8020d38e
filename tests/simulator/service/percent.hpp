// SPDX-License-Identifier: Apache-2.0
#pragma once
// Percent-encoding from the service's side: reading what a client sent, and writing it the way that
// signatures want.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sas::simulator {

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// As form data (a + is a space). None where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

/// RFC 3986: all but letters, digits, - . _ ~ as %XX in capitals.
std::string percent_encode(std::string_view text);

/// `a=1&b=2` in the order given. None where something cannot be decoded.
std::optional<Parameters> parse_parameters(std::string_view text);

/// What follows the first ? of a request's target.
std::string_view query_of(std::string_view target);
std::string_view path_of(std::string_view target);

}  // namespace sas::simulator
