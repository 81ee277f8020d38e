// SPDX-License-Identifier: Apache-2.0
#include "cloud/nonce.hpp"

#include <random>

#include <fmt/format.h>

namespace sas::cloud {

std::string fresh_nonce() {
  std::random_device bits;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", bits(), bits(), bits(), bits());
}

}  // namespace sas::cloud
