// SPDX-License-Identifier: Apache-2.0
#pragma once
// A piece of news as JSON, as config/webhook.schema.json describes it.

#include <string>
#include <string_view>

#include "alerts/piece.hpp"

namespace sas::alerts {

/// By which a receiver knows a piece again that it is told twice: SHA-256, in hexadecimal, of what makes it
/// this piece and no other. The same after a restart.
std::string idempotency_key(const Piece& piece);

/// `runbooks`: prefix of the addresses of the runbooks; empty: none.
std::string event_json(const Piece& piece, std::string_view runbooks);

}  // namespace sas::alerts
