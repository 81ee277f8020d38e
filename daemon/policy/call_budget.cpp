// SPDX-License-Identifier: Apache-2.0
#include "policy/call_budget.hpp"

#include <algorithm>
#include <cmath>

namespace sas::policy {
namespace {

// Rounded up: a nanosecond less would let one call more into a second.
Monotonic::duration one_in(double max_per_second) {
  constexpr double kSecond = 1e9;
  return Monotonic::duration{static_cast<Monotonic::rep>(std::ceil(kSecond / max_per_second))};
}

}  // namespace

CallBudget::CallBudget(double max_per_second)
    : spacing_(one_in(max_per_second)),
      window_(one_in(std::min(max_per_second, 1.0))),
      capacity_(static_cast<std::size_t>(std::max(max_per_second, 1.0))) {}

void CallBudget::change(double max_per_second) {
  const CallBudget changed(max_per_second);
  spacing_ = changed.spacing_;
  window_ = changed.window_;
  capacity_ = changed.capacity_;
}

CallBudget::Ticket CallBudget::enter() {
  return queue_.emplace_back(Ticket{entered_++});
}

// When the window has room for the call at that place of the queue. While the call that takes its room has no
// answer, nobody knows: a spacing later is a good time to ask again.
Instant CallBudget::gate(std::size_t place, Instant now) const {
  const std::size_t before = counted_.size() + place;
  if (before < capacity_) return now;
  const std::size_t blocking = before - capacity_;
  if (blocking >= counted_.size() || !counted_[blocking].answered) return now + spacing_;
  return *counted_[blocking].answered + window_;
}

Instant CallBudget::due(Ticket ticket, Instant now) const {
  const auto place = std::ranges::find(queue_, ticket) - queue_.begin();
  const Instant turn = std::max(next_, now) + place * spacing_;
  return std::max(turn, gate(static_cast<std::size_t>(place), now));
}

void CallBudget::depart(Ticket ticket, Instant now) {
  leave(ticket);
  while (!counted_.empty() && counted_.front().answered && *counted_.front().answered + window_ <= now)
    counted_.pop_front();
  counted_.push_back({.ticket = ticket, .answered = std::nullopt});
  next_ = std::max(next_, now + spacing_);
}

void CallBudget::answered(Ticket ticket, Instant now) {
  // From the back: who is answered departed lately, whatever the limit.
  const auto call = std::ranges::find(counted_.rbegin(), counted_.rend(), ticket, &Call::ticket);
  if (call != counted_.rend()) call->answered = now;
}

void CallBudget::leave(Ticket ticket) {
  std::erase(queue_, ticket);
}

void CallBudget::pause_until(Instant until) {
  next_ = std::max(next_, until);
}

}  // namespace sas::policy
