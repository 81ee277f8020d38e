// SPDX-License-Identifier: Apache-2.0
#include "web/server_state.hpp"

namespace sas::web {

void ServerState::drain() {
  draining = true;
  for (Connection* connection : waiting)
    connection->stop_reading();
}

Waiting::Waiting(ServerState& state, Connection& connection) : state_(state), connection_(&connection) {
  state_.waiting.insert(connection_);
  if (state_.draining) connection_->stop_reading();
}

Waiting::~Waiting() {
  state_.waiting.erase(connection_);
}

Unfinished::~Unfinished() {
  if (connection_ != nullptr) connection_->abandon();
}

}  // namespace sas::web
