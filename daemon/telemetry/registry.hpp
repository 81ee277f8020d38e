// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon's own metrics: a small, fixed set of families on prometheus-cpp, and the process's.

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include "base/time.hpp"
#include "telemetry/families.hpp"

namespace sas::telemetry {

class Registry {
 public:
  Registry();

  [[nodiscard]] Families& families() { return families_; }

  /// Counts for a sink start at 0 from here on.
  void knows_sink(std::string_view sink);
  /// The sink is no more, and so are its series.
  void forget_sink(std::string_view sink);
  /// Counts a transition or an alert that a sink took (`ok`), did not take this time (`failed`) or never will
  /// (`dropped`).
  void notification(std::string_view sink, std::string_view result);
  void set_queue_length(std::string_view sink, std::size_t length);

  /// Counts a write of the state file: `ok` or `failed`.
  void state_written(std::string_view result, Time at);

  /// The configuration was read and is in force, or has mistakes and is not.
  void config_read(bool successful, Time at);

  /// Every family as it stands now, by name, the `process_*` read from /proc on the spot.
  [[nodiscard]] std::vector<prometheus::MetricFamily> collect() const;
  /// The same without the `process_*`.
  [[nodiscard]] std::vector<prometheus::MetricFamily> collect_own() const;

 private:
  std::unique_ptr<prometheus::Registry> registry_;
  Families families_;
  std::optional<double> start_time_;  // of the process
};

}  // namespace sas::telemetry
