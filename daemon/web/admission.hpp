// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a request is looked at at all: the rate limit, and who asks.

#include <optional>

#include <boost/asio/awaitable.hpp>

#include "web/answer.hpp"
#include "web/request.hpp"
#include "web/server_state.hpp"

namespace sas::web {

/// What a request is answered that goes no further: 429, 401 or 503. None where nothing is against it.
asio::awaitable<std::optional<Answer>> refusal(ServerState& state, const Request& request);

}  // namespace sas::web
