// SPDX-License-Identifier: Apache-2.0
#pragma once
// Leaves a service alone that keeps failing. After some failures in a row the circuit is open: nothing is
// asked until a pause has passed; then one call is let through, and its outcome decides. Each pause is about
// twice the one before.

#include <cstdint>
#include <optional>

#include "base/error.hpp"
#include "base/time.hpp"
#include "policy/backoff.hpp"

namespace sas::policy {

struct CircuitLimits {
  unsigned failures = 5;  // in a row, until it opens
  Backoff pause{.base = Milliseconds{30'000}, .cap = Milliseconds{300'000}};
};

/// Whether `error` says that the service is in no state to answer. One that answers, whatever it says, is;
/// and throttling has a pause of its own.
bool is_outage(const Error& error);

class Circuit {
 public:
  explicit Circuit(const CircuitLimits& limits = {}) : limits_(limits) {}

  /// Whether a call may go now. Where the pause has passed, this one call is the trial: no other may go until
  /// succeeded(), failed() or abandoned() says what became of it.
  bool admits(Instant now);

  /// The service answered. True: the circuit was open, and is closed now.
  bool succeeded();

  /// It did not. `random` lies in [0, 1). True: the circuit was closed, and is open now.
  bool failed(Instant now, double random);

  /// The call ended before anything was asked, or was cancelled.
  void abandoned() { on_trial_ = false; }

  [[nodiscard]] bool is_open() const { return open_until_.has_value(); }

  /// When the next trial may go; only while open.
  [[nodiscard]] Instant open_until() const { return *open_until_; }

 private:
  CircuitLimits limits_;
  unsigned failures_ = 0;  // in a row
  int openings_ = 0;       // in a row
  bool on_trial_ = false;
  std::optional<Instant> open_until_;
};

}  // namespace sas::policy
