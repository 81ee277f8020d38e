// SPDX-License-Identifier: Apache-2.0
#include "cloud/clock_skew.hpp"

namespace sas::cloud {

Milliseconds clock_skew(Time date, Time sent, Time received) {
  constexpr Milliseconds kResolution{999};
  const Milliseconds least = date - received;
  const Milliseconds most = date + kResolution - sent;
  if (least > Milliseconds{0}) return least;
  if (most < Milliseconds{0}) return most;
  return Milliseconds{0};
}

}  // namespace sas::cloud
