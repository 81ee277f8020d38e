// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the sinks that send something need of the daemon.

#include <functional>

#include "http/client.hpp"
#include "runtime/logging.hpp"
#include "telemetry/registry.hpp"

namespace sas::alerts {

/// All of it outlives the sinks.
struct Surroundings {
  http::Client& http;
  telemetry::Registry& registry;
  runtime::Log& log;
  std::function<double()> random;  // numbers in [0, 1), for the jitter of what is tried again
};

}  // namespace sas::alerts
