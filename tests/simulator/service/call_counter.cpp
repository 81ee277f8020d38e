// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/call_counter.hpp"

#include <algorithm>

namespace sas::simulator {
namespace {

constexpr Milliseconds kWindow{1'000};

void forget_old(std::deque<Time>& times, Time now) {
  while (!times.empty() && times.front() <= now - kWindow)
    times.pop_front();
}

}  // namespace

bool CallCounter::admit(Time now, std::uint32_t per_second) {
  forget_old(calls_, now);
  calls_.push_back(now);
  most_ = std::max(most_, calls_.size());
  forget_old(admitted_, now);
  if (per_second != 0 && admitted_.size() >= per_second) return false;
  admitted_.push_back(now);
  return true;
}

}  // namespace sas::simulator
