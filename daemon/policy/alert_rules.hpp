// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wrong with a task, as a function of what is known of it and the time.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tasks/task_table.hpp"

namespace sas::policy {

enum class Alert : std::uint8_t {
  timed_out,            // it ended by its time limit, and lately
  stalled,              // it runs, and neither items nor subtasks move
  not_started,          // it was created, and does not start
  running_longer_than,  // it runs, and has for too long
};
inline constexpr std::array<Alert, 4> kAlerts{Alert::timed_out, Alert::stalled, Alert::not_started,
                                              Alert::running_longer_than};

std::string_view to_string(Alert alert);

/// A limit of zero switches its rule off.
struct AlertLimits {
  Milliseconds stalled_after{};
  Milliseconds not_started_after{};
  Milliseconds running_longer_than{};
  Milliseconds
      timed_out_for{};  // how long a time-out is worth an alert: as long as the task's series are kept
};

/// The alerts that hold for a task as it was last seen. `now` is when it was seen: a failing poll makes
/// nothing stall.
std::vector<Alert> holding(const tasks::TrackedTask& tracked, const AlertLimits& limits, Time now);

}  // namespace sas::policy
