// SPDX-License-Identifier: Apache-2.0
#pragma once
// What all targets together are doing, in the one line that `systemctl status` shows.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/health.hpp"

namespace sas::policy {

struct Activity {
  std::size_t targets = 0;
  std::size_t tried = 0;             // targets of which a poll has ended
  std::vector<std::string> failing;  // names of those whose last poll did not complete
  std::size_t active_tasks = 0;
  std::optional<Instant> last_poll;  // start of the last complete poll of any of them

  void add(const TargetHealth& target, std::size_t active_tasks);

  friend bool operator==(const Activity&, const Activity&) = default;
};

/// `2 targets, 14 active tasks, last complete poll at 2026-01-02T03:04:05Z; polls fail of: staging`. `now`
/// and `at` are the same moment.
std::string describe(const Activity& activity, Instant now, Time at);

}  // namespace sas::policy
