// SPDX-License-Identifier: Apache-2.0
#include "runtime/clock.hpp"

#include <set>
#include <stdexcept>

namespace sas::runtime {
namespace {

struct Manual {
  bool active = false;
  Instant now;
  Time wall;
  std::multiset<Instant> expiries;
};

// Process-wide because Asio's clocks are types; see the header.
Manual& manual() {
  static Manual state;
  return state;
}

}  // namespace

Instant Clock::now() {
  if (manual().active) return manual().now;
  return Instant{std::chrono::steady_clock::now().time_since_epoch()};
}

Time wall_now() {
  if (manual().active) return manual().wall + std::chrono::floor<Milliseconds>(manual().now - Instant{});
  return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

ManualClock::ManualClock(Time start) {
  if (manual().active) throw std::logic_error("the clock is already taken over by another ManualClock");
  manual() = {.active = true, .now = Instant{}, .wall = start, .expiries = {}};
}

ManualClock::~ManualClock() {
  manual() = {};
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): only whoever holds the clock may move it
void ManualClock::advance(Monotonic::duration by) {
  manual().now += by;
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): as above
std::optional<Instant> ManualClock::next_expiry() const {
  if (manual().expiries.empty()) return std::nullopt;
  return *manual().expiries.begin();
}

PendingWait::PendingWait(Instant expiry) {
  if (!manual().active) return;
  expiry_ = expiry;
  manual().expiries.insert(expiry);
}

PendingWait::~PendingWait() {
  if (!expiry_ || !manual().active) return;
  if (const auto found = manual().expiries.find(*expiry_); found != manual().expiries.end()) {
    manual().expiries.erase(found);
  }
}

Clock::duration WaitTraits::to_wait_duration(const Clock::duration& left) {
  return manual().active ? Clock::duration::zero() : left;
}

Clock::duration WaitTraits::to_wait_duration(const Instant& expiry) {
  return to_wait_duration(expiry - Clock::now());
}

}  // namespace sas::runtime
