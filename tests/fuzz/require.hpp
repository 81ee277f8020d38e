// SPDX-License-Identifier: Apache-2.0
#pragma once
// What must hold for every input. Unlike assert() it is there in every build type.

#include <cstdlib>

namespace sas::fuzz {

inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace sas::fuzz
