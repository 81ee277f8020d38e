// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/fault_plan.hpp"

#include <utility>

#include "simulator/world/random.hpp"

namespace sas::simulator {

FaultPlan::FaultPlan(std::vector<Fault> faults, std::uint64_t seed)
    : faults_(std::move(faults)), counts_(faults_.size(), 0), seed_(seed) {}

std::vector<const Fault*> FaultPlan::strike(const Occasion& occasion) {
  std::vector<const Fault*> struck;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    const When& when = faults_[i].when;
    if (!applies(when, occasion)) continue;
    if (strikes(when, occasion, ++counts_[i], combine(seed_, i))) struck.push_back(&faults_[i]);
  }
  return struck;
}

}  // namespace sas::simulator
