// SPDX-License-Identifier: Apache-2.0
#include "policy/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace sas::policy {

Milliseconds backoff(const Backoff& shape, int attempts, double random) {
  const double longest = std::ldexp(static_cast<double>(shape.base.count()), std::max(attempts, 1) - 1);
  const double bounded = std::min(longest, static_cast<double>(shape.cap.count()));
  return Milliseconds{static_cast<Milliseconds::rep>(bounded * random)};
}

}  // namespace sas::policy
