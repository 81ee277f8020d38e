// SPDX-License-Identifier: Apache-2.0
#pragma once
// Transitions and alerts as log lines, one each. What went well is `info`; a time-out and a firing alert are
// `warn`.

#include <memory>
#include <string>

#include "alerts/sink.hpp"
#include "runtime/logging.hpp"
#include "telemetry/registry.hpp"

namespace sas::alerts {

/// The registry, where what is written is counted, and the log must outlive the sink.
std::unique_ptr<Sink> make_log_sink(std::string name, telemetry::Registry& registry, runtime::Log& log);

}  // namespace sas::alerts
