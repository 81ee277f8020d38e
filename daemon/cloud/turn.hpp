// SPDX-License-Identifier: Apache-2.0
#pragma once
// Waits until the budget lets a call go.

#include <utility>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "base/time.hpp"
#include "policy/call_budget.hpp"

namespace sas::cloud {

namespace asio = boost::asio;

/// A call that has departed. The budget counts it as under way until this is gone: let it be when the answer
/// is there, or nobody waits for it.
class Departure {
 public:
  Departure() = default;
  Departure(policy::CallBudget& budget, policy::CallBudget::Ticket ticket)
      : budget_(&budget), ticket_(ticket) {}
  ~Departure();
  Departure(Departure&& other) noexcept
      : budget_(std::exchange(other.budget_, nullptr)), ticket_(other.ticket_) {}
  Departure& operator=(Departure&&) = delete;

 private:
  policy::CallBudget* budget_ = nullptr;  // null: moved from
  policy::CallBudget::Ticket ticket_{};
};

/// Returns when the call goes, its place in the budget used. An error (cause `throttled`) as soon as it would
/// have to wait for longer than `longest_wait`; then, and when cancelled, nothing is used. `budget` must
/// outlive the departure.
asio::awaitable<Result<Departure>> take_turn(policy::CallBudget& budget, Milliseconds longest_wait);

}  // namespace sas::cloud
