// SPDX-License-Identifier: Apache-2.0
#pragma once
// How often and how much this program allocates. Whoever includes it gets operators new and delete that
// count.

#include <cstddef>

namespace sas::support {

struct Allocations {
  std::size_t count = 0;     // so far
  std::ptrdiff_t bytes = 0;  // in use, as the allocator rounds them
};

/// Of all threads together.
Allocations allocations();

}  // namespace sas::support
