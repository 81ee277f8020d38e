// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which of a scenario's faults strike a request.

#include <cstdint>
#include <vector>

#include "simulator/scenario/fault.hpp"

namespace sas::simulator {

class FaultPlan {
 public:
  FaultPlan(std::vector<Fault> faults, std::uint64_t seed);

  /// In the scenario's order. Counts the request.
  std::vector<const Fault*> strike(const Occasion& occasion);

 private:
  std::vector<Fault> faults_;
  std::vector<std::uint64_t> counts_;  // requests that each fault has looked at
  std::uint64_t seed_;
};

}  // namespace sas::simulator
