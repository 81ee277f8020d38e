// SPDX-License-Identifier: Apache-2.0
#pragma once
// The metrics of one target, named after what happened, so that callers know no metric's name. Sets of labels that are
// known beforehand are there from the start, at 0; timestamps only once there is one.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "telemetry/registry.hpp"

namespace sas::telemetry {

class TargetMetrics {
 public:
  TargetMetrics(Registry& registry, std::string target);
  ~TargetMetrics();  // takes the target's series out of the registry
  TargetMetrics(const TargetMetrics&) = delete;
  TargetMetrics& operator=(const TargetMetrics&) = delete;

  // Polls (from polling). Results: complete, incomplete, failed.
  void poll_ended(std::string_view result, Milliseconds took);
  void poll_incomplete(std::string_view reason);
  void poll_succeeded_at(Time at);
  void set_up(bool up);

  // Tasks (from polling).
  void set_tasks(std::string_view task_type, std::string_view status, std::size_t count);
  void forget_tasks();  // the counts are older than `metrics.hold`: they go
  void transition(std::string_view task_type, std::string_view from, std::string_view to, std::string_view observed);
  void task_ended(std::string_view task_type, std::string_view status, std::optional<Milliseconds> duration, Time at);
  void violation(std::string_view field);
  void set_series_dropped(std::size_t count);
  void set_alerts_firing(std::string_view alert, std::size_t count);

  // Calls (from cloud). `code`: the API's Code, `OK`, or the error's cause where there was no answer.
  void request_ended(std::string_view action, std::string_view code, Milliseconds took);
  void throttled(std::string_view action);
  void set_clock_skew(Milliseconds skew);
  void set_credentials_expiry(Time at);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace sas::telemetry
