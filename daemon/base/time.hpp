// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two times of this program, as values: the calendar's, which the API and people use, and the one that
// only goes forward, by which we wait. Reading a clock is runtime/clock's alone.

#include <chrono>
#include <cstdint>
#include <string>

namespace sas {

using Milliseconds = std::chrono::milliseconds;

/// Calendar time in UTC, in the API's unit.
using Time = std::chrono::sys_time<Milliseconds>;

/// Names the steady clock without being able to read it.
struct Monotonic {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<Monotonic>;
  static constexpr bool is_steady = true;
};

/// A point on the steady clock; only differences mean anything.
using Instant = Monotonic::time_point;

/// `2026-01-02T03:04:05Z`: RFC 3339 in whole seconds, as x-acs-date wants it.
std::string format_seconds(Time time);

/// `2026-01-02T03:04:05.678Z`: RFC 3339 with milliseconds, for logs.
std::string format_milliseconds(Time time);

}  // namespace sas
