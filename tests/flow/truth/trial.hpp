// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plays a plan: one process after the other watches the simulated service until the world has come to rest;
// then what they told is judged.

#include <cstddef>
#include <string>
#include <vector>

#include "flow/truth/plan.hpp"
#include "flow/truth/process.hpp"

namespace sas::flow {

struct Verdict {
  std::size_t lives = 0;
  std::size_t plain_states = 0;  // that nobody could miss
  std::size_t steps = 0;         // that were told
  std::size_t polls = 0;         // complete ones
  std::size_t processes = 0;
  std::size_t calls = 0;
  std::size_t fewest_calls = 0;         // that the complete polls can do with; only where the plan is kind
  std::size_t most_calls_a_second = 0;  // of one process, as the service counts them
  std::vector<std::string> faults;
};

Verdict play(const Plan& plan, const Tampering& tampering = {});

}  // namespace sas::flow
