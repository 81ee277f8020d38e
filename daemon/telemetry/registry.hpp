// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon's own metrics: a small, fixed set on prometheus-cpp, and the families as it collects them.

#include <prometheus/registry.h>

#include <memory>
#include <vector>

namespace sas::telemetry {

/// Everything that this folder registers, in one place. `process_*` included.
class Registry {
 public:
  Registry();
  [[nodiscard]] prometheus::Registry& families() { return *registry_; }
  [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const;

 private:
  std::unique_ptr<prometheus::Registry> registry_;
};

}  // namespace sas::telemetry
