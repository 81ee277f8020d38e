// SPDX-License-Identifier: Apache-2.0
#pragma once
// One client's connection from its first byte to its last: requests are read, answered in order, and bounded.

#include <memory>

#include "web/server_state.hpp"

namespace sas::web {

/// Serves until the client closes, misbehaves, is too slow, or the server stops.
asio::awaitable<void> serve(asio::ip::tcp::socket socket, std::shared_ptr<ServerState> state);

/// Answers 503 whatever is asked, and closes.
asio::awaitable<void> turn_away(asio::ip::tcp::socket socket, std::shared_ptr<ServerState> state);

}  // namespace sas::web
