// SPDX-License-Identifier: Apache-2.0
#pragma once
// The only place that reads a clock. Real unless a test takes it over with ManualClock (below): then time
// stands still until the test moves it, real Asio timers included, and whole days of polling pass in
// milliseconds.
//
// Asio asks a clock type, not an object, for the time; hence the one process-wide switch behind these
// functions.

#include <optional>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/wait_traits.hpp>

#include "base/time.hpp"

namespace sas::runtime {

/// The steady clock as Asio wants it. Its time points are base's Instant.
struct Clock {
  using rep = Monotonic::rep;
  using period = Monotonic::period;
  using duration = Monotonic::duration;
  using time_point = Instant;
  static constexpr bool is_steady = true;

  static Instant now();
};

/// Calendar time, UTC.
Time wall_now();

/// Takes the clock over for as long as it lives. For tests; one at a time, one thread.
class ManualClock {
 public:
  explicit ManualClock(Time start);
  ~ManualClock();
  ManualClock(const ManualClock&) = delete;
  ManualClock& operator=(const ManualClock&) = delete;

  void advance(Monotonic::duration by);

  /// The earliest time that a pending timer waits for; none where nothing waits.
  [[nodiscard]] std::optional<Instant> next_expiry() const;
};

/// Marks a wait, so that ManualClock knows where to jump. Costs one branch when the clock is real.
class PendingWait {
 public:
  explicit PendingWait(Instant expiry);
  ~PendingWait();
  PendingWait(const PendingWait&) = delete;
  PendingWait& operator=(const PendingWait&) = delete;

 private:
  std::optional<Instant> expiry_;  // none: the clock is real, nothing to take back
};

/// How long Asio may block for a timer: truly, or not at all when the test moves the time.
struct WaitTraits {
  static Clock::duration to_wait_duration(const Clock::duration& left);
  static Clock::duration to_wait_duration(const Instant& expiry);
};

using Timer = boost::asio::basic_waitable_timer<Clock, WaitTraits>;

}  // namespace sas::runtime
