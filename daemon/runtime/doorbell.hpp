// SPDX-License-Identifier: Apache-2.0
#pragma once
// A wait that somebody may end early.

#include <boost/asio/awaitable.hpp>

#include "runtime/clock.hpp"

namespace sas::runtime {

namespace asio = boost::asio;

/// For one who waits and any number who ring, on one thread.
class Doorbell {
 public:
  /// Returns at `until`, or when it rings; at once if it has rung since the last wait. Throws
  /// operation_aborted when the coroutine is cancelled. Instant::max(): until it rings.
  asio::awaitable<void> wait_until(Instant until);

  void ring();

 private:
  Timer* waiting_ = nullptr;  // lives in the coroutine that waits
  bool has_rung_ = false;
};

}  // namespace sas::runtime
