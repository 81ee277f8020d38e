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
  bool failing = false;                 // the last one that ended did not complete
  std::optional<Instant> last_success;  // start of the last complete poll
  Instant last_sign;                    // when the poller last did anything: a page, the end of a poll
  Instant next_poll;                    // when it means to wake up; while it polls, when it did
};

/// The values of the last complete poll are older than `hold` and polls fail, or the one that should confirm
/// them does not end. Between polls in good order nothing is stale. Also true where no poll ever completed.
bool is_stale(const TargetHealth& health, Milliseconds hold, Instant now);

/// The poller gives signs of life: it is not later than `grace` for what it meant to do next.
bool is_alive(const TargetHealth& health, Milliseconds grace, Instant now);

}  // namespace sas::policy
