// SPDX-License-Identifier: Apache-2.0
#pragma once
// Simulated time: as much faster than real time as was asked for.

#include <optional>

#include "base/time.hpp"
#include "runtime/clock.hpp"
#include "simulator/service/counts.hpp"

namespace sas::simulator {

class SimulatedClock {
 public:
  SimulatedClock(std::optional<Time> start, double scale)
      : start_(start.value_or(runtime::wall_now())), scale_(scale), begun_(runtime::Clock::now()) {}

  [[nodiscard]] Time start() const { return start_; }

  [[nodiscard]] Now now() const {
    const std::chrono::duration<double, std::milli> elapsed = runtime::Clock::now() - begun_;
    return {.real = runtime::wall_now(),
            .simulated = start_ + Milliseconds{static_cast<std::int64_t>(elapsed.count() * scale_)}};
  }

 private:
  Time start_;
  double scale_;
  Instant begun_;
};

}  // namespace sas::simulator
