// SPDX-License-Identifier: Apache-2.0
#pragma once
// One watched target on virtual time, over a service in memory, with all that it tells recorded.

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "alerts/dispatcher.hpp"
#include "exposition/format.hpp"
#include "policy/cadence.hpp"
#include "policy/key_health.hpp"
#include "polling/scheduler.hpp"
#include "support/captured_log.hpp"
#include "support/fake_operations_source.hpp"
#include "support/recording_sink.hpp"
#include "support/virtual_time.hpp"
#include "telemetry/registry.hpp"
#include "telemetry/render.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::support {

class PollingFixture : public VirtualTime {
 protected:
  static polling::WatchedTarget::Limits limits() {
    using namespace std::chrono_literals;
    return {.page_size = 100,
            .cadence = {.interval = 30s, .idle_interval = 2min, .jitter = 0},
            .pipeline = {.show = {.task_series = true, .task_retention = 1h, .max_tasks = 10'000},
                         .alerts = {.stalled_after = 30min,
                                    .not_started_after = 30min,
                                    .running_longer_than = 6h,
                                    .ended_for = 1h},
                         .lookback = 24h}};
  }

  static std::vector<std::unique_ptr<alerts::Sink>> sinks(std::vector<std::string>& told) {
    std::vector<std::unique_ptr<alerts::Sink>> sinks;
    sinks.push_back(std::make_unique<RecordingSink>(told));
    return sinks;
  }

  /// The value of a series of the daemon's own metrics, such as `sas_operation_up{target="production"}`; ""
  /// where there is none.
  std::string metric(const std::string& series) const {
    const std::string text = telemetry::render(registry_, exposition::Format::text);
    const auto at = text.find('\n' + series + ' ');
    if (at == std::string::npos) return {};
    const auto value = at + series.size() + 2;
    return text.substr(value, text.find('\n', value) - value);
  }

  /// What was told since the last call.
  std::vector<std::string> told() { return std::exchange(told_, {}); }

  FakeOperationsSource source_;
  telemetry::Registry registry_;
  telemetry::TargetMetrics metrics_{registry_, "production"};
  std::vector<std::string> told_;
  alerts::Dispatcher dispatcher_{sinks(told_)};
  policy::KeyHealth key_;
  CapturedLog log_;
  polling::StateKeeper keeper_{nullptr, executor(), registry_, log_.log()};  // keeps nothing
};

}  // namespace sas::support
