// SPDX-License-Identifier: Apache-2.0
#pragma once
// The hard limit on calls: who may go, and when. Calls of one account and action queue here, first come first
// served, and leave at least a spacing apart, so that no second ever sees more than the limit, whatever burst
// is asked for.

#include <cstdint>
#include <deque>

#include "base/time.hpp"

namespace sas::policy {

class CallBudget {
 public:
  enum class Ticket : std::uint64_t {};

  /// At most so many calls in any second; below 1, one call in 1/max_per_second seconds. Must be positive.
  explicit CallBudget(double max_per_second);

  /// Takes a place at the end of the queue. Whoever has one must depart() or leave().
  Ticket enter();

  /// The earliest time for this call, as things stand: those before it may take longer, and a pause may come.
  /// The call may go when this is not after `now`; if it is, ask again then.
  [[nodiscard]] Instant due(Ticket ticket, Instant now) const;

  /// The call goes now; the next one is due a spacing later.
  void depart(Ticket ticket, Instant now);

  /// The call does not go after all.
  void leave(Ticket ticket);

  /// The service counts too many calls: none goes before `until`. Never shortens an earlier pause.
  void pause_until(Instant until);

 private:
  Monotonic::duration spacing_;
  Instant next_ = Instant::min();  // when the head of the queue may go
  std::deque<Ticket> queue_;
  std::uint64_t entered_ = 0;
};

}  // namespace sas::policy
