// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the service manager that started us is told, and what it wants: sd_notify(3), sd_watchdog_enabled(3).
// Where there is none, or it wants nothing, nothing happens.

#include <optional>
#include <string>

#include "base/time.hpp"

namespace sas::runtime {

/// Somebody wants to be told: $NOTIFY_SOCKET is set.
bool is_supervised();

/// Sends assignments such as `READY=1`, one a line. False where somebody wants to be told and cannot be.
bool notify(const std::string& assignments);

/// The longest that may pass from one `WATCHDOG=1` to the next; nothing where nobody counts.
std::optional<Monotonic::duration> watchdog_patience();

/// What announces a reload: the manager needs to know that it was announced after it asked for one.
std::string reloading_since(Instant now);

}  // namespace sas::runtime
