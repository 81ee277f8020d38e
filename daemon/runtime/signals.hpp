// SPDX-License-Identifier: Apache-2.0
#pragma once
// SIGTERM and SIGINT as an event of the loop. Nothing of ours runs inside a signal handler.

#include <boost/asio/awaitable.hpp>

namespace sas::runtime {

/// Returns the number of the first of SIGTERM and SIGINT to arrive.
boost::asio::awaitable<int> stop_signal();

}  // namespace sas::runtime
