// SPDX-License-Identifier: Apache-2.0
#include "policy/health.hpp"

#include <algorithm>

namespace sas::policy {

bool is_stale(const TargetHealth& health, Milliseconds hold, Instant now) {
  if (!health.last_success) return true;
  if (now - *health.last_success <= hold) return false;
  return health.failing || now - health.next_poll > hold;
}

bool is_alive(const TargetHealth& health, Milliseconds grace, Instant now) {
  return now <= std::max(health.last_sign, health.next_poll) + grace;
}

}  // namespace sas::policy
