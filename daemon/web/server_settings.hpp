// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the server listens, and the bounds that keep a client, or very many, from harming it.

#include <cstddef>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace sas::web {

struct ServerSettings {
  std::vector<std::string> listen_addresses;  // host:port, [v6]:port, :port
  bool systemd_socket = false;                // instead of them, the sockets that systemd has handed over

  std::size_t max_connections = 256;  // more are told so and closed
  std::size_t max_scrapes = 16;       // under way at once; each holds one state of the task table

  std::size_t max_handshakes = 64;  // under way at once; a further one ends the oldest

  Milliseconds handshake_timeout = std::chrono::seconds{10};  // from the connection to the end of TLS's
  Milliseconds request_timeout = std::chrono::seconds{10};    // from a request's first byte to its last
  Milliseconds idle_timeout = std::chrono::seconds{60};       // between requests, and before the first
  Milliseconds write_timeout = std::chrono::seconds{10};      // for the client to take one piece of an answer
  Milliseconds answer_timeout = std::chrono::minutes{2};      // and the whole of it
  Milliseconds linger_timeout =
      std::chrono::seconds{1};  // for the client to read the last answer before the end
  Milliseconds drain_timeout = std::chrono::seconds{2};        // for requests under way when the server stops
  Milliseconds accept_pause = std::chrono::milliseconds{200};  // after a failed accept
};

}  // namespace sas::web
