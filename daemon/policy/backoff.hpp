// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long to wait before trying again: exponential, with full jitter, so that many who failed together do
// not come back together. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

#include "base/time.hpp"

namespace sas::policy {

struct Backoff {
  Milliseconds base{1'000};
  Milliseconds cap{60'000};
};

/// Before try number `attempts` + 1, at least one having failed: evenly distributed between nothing and base,
/// doubled with each failure and never more than the cap. `random` is in [0, 1).
Milliseconds backoff(const Backoff& shape, int attempts, double random);

}  // namespace sas::policy
