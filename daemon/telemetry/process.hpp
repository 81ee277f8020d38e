// SPDX-License-Identifier: Apache-2.0
#pragma once
// The standard `process_*` metrics, from /proc/self.
// Source: https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics

#include <optional>
#include <vector>

#include <prometheus/metric_family.h>

namespace sas::telemetry {

/// What the kernel would not tell is absent.
struct ProcessUse {
  std::optional<double> cpu_seconds;
  std::optional<double> open_fds;
  std::optional<double> max_fds;
  std::optional<double> virtual_memory_bytes;
  std::optional<double> resident_memory_bytes;
};

ProcessUse read_process();

/// Seconds since the epoch. To be read once: the kernel reckons it from a boot time that moves whenever the
/// clock is set, and a start time that moves looks like a restart.
std::optional<double> read_start_time();

std::vector<prometheus::MetricFamily> process_families(const ProcessUse& use,
                                                       std::optional<double> start_time);

}  // namespace sas::telemetry
