// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sends an answer the way its delivery wants it: in time or late, whole or in pieces, or not at all.

#include <cstdint>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "simulator/server/connection.hpp"
#include "simulator/service/message.hpp"

namespace sas::simulator {

enum class Afterwards : std::uint8_t { keep, close };

/// `answer` must live until it is done. `date`: the service's time.
asio::awaitable<Afterwards> deliver(Connection& connection, const Answer& answer, Time date);

}  // namespace sas::simulator
