// SPDX-License-Identifier: Apache-2.0
#include "runtime/heap.hpp"

#include <malloc.h>

namespace sas::runtime {

void keep_freed_memory() {
  constexpr int kMostKept = 2 << 20;
  ::mallopt(M_TRIM_THRESHOLD, kMostKept);
}

}  // namespace sas::runtime
