// SPDX-License-Identifier: Apache-2.0
#include "cloud/turn.hpp"

#include <fmt/format.h>

#include "runtime/timer.hpp"

namespace sas::cloud {
namespace {

// A place in the queue that is given up however the wait ends.
class Place {
 public:
  explicit Place(policy::CallBudget& budget) : budget_(budget), ticket_(budget.enter()) {}
  ~Place() { budget_.leave(ticket_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  [[nodiscard]] policy::CallBudget::Ticket ticket() const { return ticket_; }

 private:
  policy::CallBudget& budget_;
  policy::CallBudget::Ticket ticket_;
};

Error too_long(Monotonic::duration wait) {
  const Milliseconds rounded = std::chrono::ceil<Milliseconds>(wait);
  return {
      .kind = ErrorKind::wait,
      .cause = ErrorCause::throttled,
      .message = fmt::format("not called: the account's calls are paused for another {} ms", rounded.count()),
      .retry_after = rounded};
}

}  // namespace

Departure::~Departure() {
  if (budget_ != nullptr) budget_->answered(ticket_, runtime::Clock::now());
}

asio::awaitable<Result<Departure>> take_turn(policy::CallBudget& budget, Milliseconds longest_wait) {
  const Place place(budget);
  const Instant patience = runtime::Clock::now() + longest_wait;
  while (true) {
    const Instant now = runtime::Clock::now();
    const Instant due = budget.due(place.ticket(), now);
    if (due <= now) {
      budget.depart(place.ticket(), now);
      co_return Departure(budget, place.ticket());
    }
    if (due > patience) co_return too_long(due - now);
    co_await runtime::sleep_until(due);
  }
}

}  // namespace sas::cloud
