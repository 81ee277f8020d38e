// SPDX-License-Identifier: Apache-2.0
#pragma once
// Calls a second, the way a strict service counts: in any window of one second, wherever it begins.

#include <cstddef>
#include <cstdint>
#include <deque>

#include "base/time.hpp"

namespace sas::simulator {

class CallCounter {
 public:
  /// Notes a call; whether it is within `per_second` (0: no limit). Refused calls do not use up the
  /// allowance.
  bool admit(Time now, std::uint32_t per_second);

  /// The most calls seen in any second, refused ones included.
  [[nodiscard]] std::size_t most() const { return most_; }

 private:
  std::deque<Time> calls_;
  std::deque<Time> admitted_;
  std::size_t most_ = 0;
};

}  // namespace sas::simulator
