// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a target is doing, from when it was last asked and last answered.

#include <optional>
#include <string>

#include "base/time.hpp"

namespace sas::policy {

struct TargetHealth {
  std::string target;
  bool tried = false;                   // a poll has ended, whatever came of it
  std::optional<Instant> last_success;  // start of the last complete poll
  Instant last_sign;                    // when the poller last did anything: a page, the end of a poll
  Instant next_poll;                    // when it means to wake up
};

/// The values of the last complete poll are too old to be served. Nothing was ever served: also true.
bool is_stale(const TargetHealth& health, Milliseconds hold, Instant now);

/// The poller gives signs of life: it is not later than `grace` for what it meant to do next.
bool is_alive(const TargetHealth& health, Milliseconds grace, Instant now);

}  // namespace sas::policy
