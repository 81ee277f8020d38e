// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads a scalar whatever JSON type it came as. What can be read without guessing is read; what is not as
// documented is tallied.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "api/json_text.hpp"
#include "api/violation_tally.hpp"
#include "base/time.hpp"

namespace sas::api {

enum class Need : std::uint8_t {
  always,     // null is a violation
  sometimes,  // null is as good as absent
};

/// The field that is read, and where its breaches go.
struct Place {
  ViolationTally& tally;
  std::string_view field;
  Need need = Need::always;
};

/// Integers in quotes and integral floating-point numbers are read, and tallied. Absent: null, fractions,
/// what is beyond 2^53 (Prometheus could not hold it, sums of it could overflow), and all that is no number.
std::optional<std::int64_t> read_integer(ondemand::value& value, const Place& place);

/// As read_integer(), for what is never negative: a negative number is kept, and tallied.
std::optional<std::int64_t> read_count(ondemand::value& value, const Place& place);

/// Milliseconds since 1970. 0 is how some services write that there is none. Absent: whatever is not between
/// 1970 and the year 9999.
std::optional<Time> read_time(ondemand::value& value, const Place& place);

/// Numbers and booleans become their text, and are tallied. Leaves `text` as it is and gives false where
/// there is none.
bool read_text(ondemand::value& value, const Place& place, std::string& text);

}  // namespace sas::api
