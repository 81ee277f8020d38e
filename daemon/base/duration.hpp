// SPDX-License-Identifier: Apache-2.0
#pragma once
// Durations as Prometheus writes them: `500ms`, `30s`, `5m`, `2h`, `7d`, and sums of them, largest unit
// first: `1h30m`.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace sas {

/// Nothing where the text is not a duration: no unit, an unknown one, units out of order, or more than 100
/// years.
std::optional<Milliseconds> parse_duration(std::string_view text);

/// The shortest text that parses back to the same duration; zero is `0s`.
std::string format_duration(Milliseconds duration);

}  // namespace sas
