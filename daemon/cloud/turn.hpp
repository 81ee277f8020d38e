// SPDX-License-Identifier: Apache-2.0
#pragma once
// Waits until the budget lets a call go.

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "base/time.hpp"
#include "policy/call_budget.hpp"

namespace sas::cloud {

namespace asio = boost::asio;

/// Returns when the call goes, its place in the budget used. An error (cause `throttled`) as soon as it would
/// have to wait for longer than `longest_wait`; then, and when cancelled, nothing is used. `budget` must live
/// until it is done.
asio::awaitable<Result<void>> take_turn(policy::CallBudget& budget, Milliseconds longest_wait);

}  // namespace sas::cloud
