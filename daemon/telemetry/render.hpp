// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon's own metrics as text. One serializer for both formats, since prometheus-cpp has none for
// OpenMetrics. Sources: https://prometheus.io/docs/instrumenting/exposition_formats/ and OpenMetrics 1.0.0.

#include <string>
#include <vector>

#include <prometheus/metric_family.h>

#include "exposition/format.hpp"
#include "telemetry/registry.hpp"

namespace sas::telemetry {

/// Without OpenMetrics' closing `# EOF`: the task series come after.
std::string render(const std::vector<prometheus::MetricFamily>& families, exposition::Format format);

std::string render(const Registry& registry, exposition::Format format);

}  // namespace sas::telemetry
