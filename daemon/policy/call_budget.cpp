// SPDX-License-Identifier: Apache-2.0
#include "policy/call_budget.hpp"

#include <algorithm>
#include <cmath>

namespace sas::policy {
namespace {

// Rounded up: a nanosecond less would let one call more into a second.
Monotonic::duration spacing(double max_per_second) {
  constexpr double kSecond = 1e9;
  return Monotonic::duration{static_cast<Monotonic::rep>(std::ceil(kSecond / max_per_second))};
}

}  // namespace

CallBudget::CallBudget(double max_per_second) : spacing_(spacing(max_per_second)) {}

CallBudget::Ticket CallBudget::enter() {
  return queue_.emplace_back(Ticket{entered_++});
}

Instant CallBudget::due(Ticket ticket, Instant now) const {
  return std::max(next_, now) + (std::ranges::find(queue_, ticket) - queue_.begin()) * spacing_;
}

void CallBudget::depart(Ticket ticket, Instant now) {
  leave(ticket);
  next_ = std::max(next_, now + spacing_);
}

void CallBudget::leave(Ticket ticket) {
  std::erase(queue_, ticket);
}

void CallBudget::pause_until(Instant until) {
  next_ = std::max(next_, until);
}

}  // namespace sas::policy
