// SPDX-License-Identifier: Apache-2.0
#pragma once
// The hard limit on calls: who may go, and when. Calls of one account and action queue here, first come first
// served.
//
// The service counts a call somewhere between its departure and its answer, and nobody knows where. So a call
// departs a whole second after the answer to the one that went `limit` calls before it: then the service
// never counts more than the limit in any second, however the network delays them. Besides that, departures
// are a spacing apart, so that there are no bursts either.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "base/time.hpp"

namespace sas::policy {

class CallBudget {
 public:
  enum class Ticket : std::uint64_t {};

  /// At most so many calls in any second, fractions not counted; below 1, one call in 1/max_per_second
  /// seconds. Must be positive.
  explicit CallBudget(double max_per_second);

  /// Another limit from here on, for those who queue as well; what was called counts on.
  void change(double max_per_second);

  /// Takes a place at the end of the queue. Whoever has one must depart() or leave().
  Ticket enter();

  /// The earliest time for this call, as things stand: those before it may take longer, and a pause may come.
  /// The call may go when this is not after `now`; if it is, ask again then.
  [[nodiscard]] Instant due(Ticket ticket, Instant now) const;

  /// The call goes now; answered() must follow.
  void depart(Ticket ticket, Instant now);

  /// Its answer is there, or nobody waits for it any more: the service has counted it by now.
  void answered(Ticket ticket, Instant now);

  /// The call does not go after all.
  void leave(Ticket ticket);

  /// The service counts too many calls: none goes before `until`. Never shortens an earlier pause.
  void pause_until(Instant until);

 private:
  struct Call {
    Ticket ticket;
    std::optional<Instant> answered;
  };

  [[nodiscard]] Instant gate(std::size_t place, Instant now) const;

  Monotonic::duration spacing_;
  Monotonic::duration window_;  // in which no more than capacity_ calls are counted
  std::size_t capacity_;
  Instant next_ = Instant::min();  // when the head of the queue may go
  std::deque<Ticket> queue_;
  std::deque<Call> counted_;  // in the order of departure; those that no window can reach are dropped
  std::uint64_t entered_ = 0;
};

}  // namespace sas::policy
