// SPDX-License-Identifier: Apache-2.0
#include "runtime/nonce.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include <fmt/format.h>
#include <sys/random.h>

namespace sas::runtime {

// Not std::random_device: making one asks the processor what it can do, and that traps in a virtual machine,
// at many times the cost of signing a call.
std::string fresh_nonce() {
  std::array<std::uint64_t, 2> bits{};
  if (::getentropy(bits.data(), sizeof bits) != 0)
    throw std::system_error(errno, std::generic_category(), "the system gives no random bits");
  return fmt::format("{:016x}{:016x}", bits[0], bits[1]);
}

}  // namespace sas::runtime
