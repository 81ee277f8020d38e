// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a seed stands for: a world, a service that misbehaves, how it is polled, and when whoever polls dies.

#include <cstdint>

#include "base/time.hpp"
#include "policy/cadence.hpp"
#include "simulator/scenario/scenario.hpp"

namespace sas::flow {

struct Plan {
  std::uint64_t seed = 0;
  simulator::Scenario scenario;
  Milliseconds busy{};         // tasks are born for so long
  Milliseconds longest_way{};  // of a request to the service, and of the answer back
  int page_size = 100;
  policy::CadenceLimits cadence;
  Milliseconds lookback{};
  double max_requests_per_second = 5;
  double stale_share = 0;  // of rows that moved on within a poll: how many come once more, as they were
  bool keeps_state = false;
  double restarts_per_hour = 0;
  bool is_kind = false;  // nothing goes wrong and nobody dies: what a poll costs then is the daemon's doing
};

/// About `lives` tasks are born.
Plan plan_of(std::uint64_t seed, int lives);

}  // namespace sas::flow
