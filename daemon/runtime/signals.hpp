// SPDX-License-Identifier: Apache-2.0
#pragma once
// Signals as events of the loop. Nothing of ours runs inside a signal handler.

#include <functional>

#include <boost/asio/awaitable.hpp>

namespace sas::runtime {

/// Returns the number of the first of SIGTERM and SIGINT to arrive.
boost::asio::awaitable<int> stop_signal();

/// Calls `hang_up` for each SIGHUP, until it is cancelled. Those that arrive while it is being called are
/// one.
boost::asio::awaitable<void> on_hang_up(std::function<boost::asio::awaitable<void>()> hang_up);

}  // namespace sas::runtime
