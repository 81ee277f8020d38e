// SPDX-License-Identifier: Apache-2.0
#pragma once
// A scenario: what exists, how the service behaves, and what goes wrong. With a seed and a time it decides
// every answer. Written as YAML; tests/simulator/README.md lists the keys.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "simulator/scenario/fault.hpp"
#include "simulator/world/world_rules.hpp"

namespace sas::simulator {

struct ServiceRules {
  std::uint32_t calls_per_second =
      10;  // per access key and action, as the API's siblings document; 0: no limit
  std::optional<Milliseconds> retry_after;  // x-acs-retry-after of throttled answers
  Milliseconds idle_timeout{10'000};        // real time; connections that idle longer are closed
  Milliseconds clock_offset{0};             // of the service's own clock: makes the caller's look wrong
};

/// Given whatever is asked.
struct FixedAnswer {
  std::string body;
  std::string request_id;
};

struct Scenario {
  std::string description;
  WorldRules world;
  ServiceRules service;
  std::map<std::string, FixedAnswer> answers;  // by action
  std::vector<Fault> faults;
};

/// All mistakes at once, one a line: `NAME:LINE: what is wrong`.
Result<Scenario> parse_scenario(std::string_view text, std::string_view name);

/// The scenario with `count` tasks in the first of its workloads, born at once: how a world gets its size.
Result<Scenario> with_tasks(Scenario scenario, std::int64_t count);

}  // namespace sas::simulator
