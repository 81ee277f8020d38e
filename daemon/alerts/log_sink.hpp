// SPDX-License-Identifier: Apache-2.0
#pragma once
// Transitions and alerts as log lines, one each. What went well is `info`; a time-out and a firing alert are
// `warn`.

#include <memory>

#include "alerts/dispatcher.hpp"
#include "runtime/logging.hpp"

namespace sas::alerts {

/// `log` must outlive the sink.
std::unique_ptr<Sink> make_log_sink(runtime::Log& log);

}  // namespace sas::alerts
