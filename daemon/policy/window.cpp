// SPDX-License-Identifier: Apache-2.0
#include "policy/window.hpp"

#include <algorithm>

namespace sas::policy {

Time window_start(Milliseconds lookback, const Covered& covered, Time at) {
  Time start = at - lookback;
  if (covered.last_complete) start = std::min(start, *covered.last_complete - kClockOverlap);
  if (covered.since) start = std::max(start, *covered.since);
  return start;
}

}  // namespace sas::policy
