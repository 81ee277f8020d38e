// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far back, by creation time, tasks are listed whatever their state. The window must overlap the last one
// that was read to its end: what was born and died in between is in no list of active tasks.

#include <optional>

#include "base/time.hpp"

namespace sas::policy {

/// What earlier polls have covered.
struct Covered {
  std::optional<Time> last_complete;  // when the last complete poll began; none: there was none
  std::optional<Time> since;          // how far back it looked
};

/// The service stamps tasks with its own clock. It refuses calls whose date is off by more than 15 minutes,
/// so no poll that it answered can have been further from it.
constexpr Milliseconds kClockOverlap = std::chrono::minutes{15};

/// The lower bound of creation for a poll that begins at `at`: `lookback` before it, or as far as the last
/// complete poll, whichever is earlier; but never further back than the last window, since what lay before
/// that may have been forgotten, and would be told again.
Time window_start(Milliseconds lookback, const Covered& covered, Time at);

}  // namespace sas::policy
