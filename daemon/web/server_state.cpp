// SPDX-License-Identifier: Apache-2.0
#include "web/server_state.hpp"

#include <utility>

namespace sas::web {

void ServerState::drain() {
  draining = true;
  for (Connection* connection : waiting)
    connection->stop_reading();
}

void ServerState::use(std::shared_ptr<WebConfig> given) {
  if (config->tls && given->tls && config->tls->is_like(*given->tls)) given->tls = config->tls;
  const bool same_limit = tokens && given->rate_limit && tokens->limit() == *given->rate_limit;
  if (!same_limit) {
    tokens.reset();
    if (given->rate_limit) tokens.emplace(*given->rate_limit);
  }
  config = std::move(given);
}

void ServerState::report_handshake(const std::string& reason) {
  constexpr std::size_t kMostReasons = 64;
  if (refusals.size() < kMostReasons && refusals.insert(reason).second) {
    log.info("a TLS handshake failed; the next ones for this reason are logged at debug",
             {{"reason", reason}});
  } else {
    log.debug("a TLS handshake failed", {{"reason", reason}});
  }
}

HandshakePlace::HandshakePlace(ServerState& state, Connection& connection)
    : state_(state), connection_(&connection) {
  if (state_.handshakes.size() >= state_.settings.max_handshakes) {
    state_.handshakes.front()->abandon();
    state_.handshakes.pop_front();
  }
  state_.handshakes.push_back(connection_);
}

HandshakePlace::~HandshakePlace() {
  state_.handshakes.remove(connection_);
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
