// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the web pages show, asked for at the moment of a request: the server knows nothing of polling or
// tasks.

#include <functional>
#include <string>

#include "exposition/scrape.hpp"

namespace sas::web {

struct Health {
  bool alive = true;   // the loop makes progress
  bool ready = false;  // the first poll of each target has been tried
  std::string reason;  // why not, in one line; empty where nothing is wrong
};

struct Site {
  std::function<exposition::Scrape(exposition::Format)> scrape;  // called once a scrape; must not wait
  std::function<Health()> health;
  std::string version;
  std::string telemetry_path = "/metrics";
};

}  // namespace sas::web
