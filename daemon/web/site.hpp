// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the web pages show, asked for at the moment of a request: the server knows nothing of polling or
// tasks.

#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "exposition/scrape.hpp"

namespace sas::web {

namespace asio = boost::asio;

struct Health {
  bool alive = true;   // the loop makes progress
  bool ready = false;  // the first poll of each target has been tried
  std::string reason;  // why not, in one line; empty where nothing is wrong
};

/// What became of a `POST /-/reload`.
struct ReloadResult {
  bool taken = false;
  std::string reason;  // why not; may have several lines
};

/// Which page is where.
struct Paths {
  std::string telemetry = "/metrics";
  std::string route_prefix;          // before each path; empty, or `/sas`
  std::string link_prefix;           // before each path in a link: what a client behind a proxy sees
  bool health_without_auth = false;  // /-/healthy and /-/ready ask nobody who they are
};

struct Site {
  std::function<exposition::Scrape(exposition::Format)> scrape;  // called once a scrape; must not wait
  std::function<Health()> health;
  /// Empty: there is nothing to reload, and the path says so. Waiting for it may be cancelled, when the
  /// server stops; what it began must then end well on its own.
  std::function<asio::awaitable<ReloadResult>()> reload = {};
  std::string version;
  Paths paths = {};
};

}  // namespace sas::web
