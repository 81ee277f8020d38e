// SPDX-License-Identifier: Apache-2.0
#pragma once
// What makes a signature unique.

#include <string>

namespace sas::runtime {

/// 128 random bits of the system's as 32 hexadecimal digits. The service refuses one that it has seen within
/// 15 minutes.
std::string fresh_nonce();

}  // namespace sas::runtime
