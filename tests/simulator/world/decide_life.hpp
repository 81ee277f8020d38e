// SPDX-License-Identifier: Apache-2.0
#pragma once
// A task's fate: all that its rules leave open is decided when it is born, by the seed and its number.

#include <cstdint>

#include "base/time.hpp"
#include "simulator/world/task_life.hpp"
#include "simulator/world/world_rules.hpp"

namespace sas::simulator {

/// The life of the `number`-th task of the workload, born at `created`.
TaskLife decide_life(const WorldRules& rules, std::uint32_t workload, std::uint64_t seed, std::int64_t number,
                     Time created);

}  // namespace sas::simulator
