// SPDX-License-Identifier: Apache-2.0
#pragma once
// One connection's requests, one after the other, until somebody has enough.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "simulator/server/key_file.hpp"
#include "simulator/server/recorder.hpp"
#include "simulator/server/simulated_clock.hpp"
#include "simulator/service/service.hpp"

namespace sas::simulator {

namespace asio = boost::asio;

/// What all sessions share. One thread, so nothing needs a lock.
struct Site {
  Service& service;
  const SimulatedClock& clock;
  Recorder& recorder;
  KeyFile& keys;
  asio::ssl::context* tls = nullptr;  // null: plain HTTP
};

/// `site` must outlive it.
asio::awaitable<void> serve(asio::ip::tcp::socket socket, Site& site);

}  // namespace sas::simulator
