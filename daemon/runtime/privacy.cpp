// SPDX-License-Identifier: Apache-2.0
#include "runtime/privacy.hpp"

#include <sys/prctl.h>

namespace sas::runtime {

void keep_memory_private() {
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace sas::runtime
