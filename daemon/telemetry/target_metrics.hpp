// SPDX-License-Identifier: Apache-2.0
#pragma once
// The metrics of one target, named after what happened, so that callers know no metric's name. Sets of labels
// that are known beforehand are there from the start, at 0; timestamps only once there is one. What others
// choose (types, codes, fields) is bounded.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "tasks/census.hpp"
#include "telemetry/bounded_values.hpp"
#include "telemetry/registry.hpp"
#include "telemetry/target_series.hpp"

namespace sas::telemetry {

class TargetMetrics {
 public:
  /// The registry must outlive it. Its series leave the registry with it.
  TargetMetrics(Registry& registry, const std::string& target);

  // Who is asked, and as whom: one series that moves.
  void asks(std::string_view site, std::string_view endpoint);
  void signs_with(std::string_view access_key_id, std::string_view provider);

  // Polls. Results: complete, incomplete, failed.
  void poll_ended(std::string_view result, Milliseconds took);
  void poll_incomplete(std::string_view reason);
  void poll_failed(std::string_view cause);  // auth, permission, throttled, network, server, contract
  void polls_skipped(std::uint64_t count);
  void poll_succeeded_at(Time at);
  void set_up(bool up);

  // Tasks.
  void set_tasks(const tasks::Census& census);  // a type that it does not name has no tasks any more
  void forget_tasks();                          // the counts are older than `metrics.hold`: they go
  void transition(std::string_view task_type, std::string_view from, std::string_view to,
                  std::string_view observed);
  /// `duration` is absent where the run is not to be counted again, or is not known.
  void task_ended(std::string_view task_type, std::string_view status, std::optional<Milliseconds> duration,
                  Time at);
  void violation(std::string_view field, std::uint64_t times);
  void set_series_dropped(std::size_t count);
  void set_alerts_firing(std::string_view alert, std::size_t count);

  // Calls. `code`: the API's Code, `OK`, or the error's cause where there was no answer.
  void request_ended(std::string_view action, std::string_view code, Milliseconds took);
  void throttled(std::string_view action);
  void waited_for_budget(std::string_view action, Milliseconds waited);
  void set_clock_skew(Milliseconds skew);

  // Credentials. Results: ok, failed.
  void set_credentials_expiry(std::optional<Time> at);  // none: a key that does not expire
  void credentials_refreshed(std::string_view provider, std::string_view result);

 private:
  struct Identity {
    std::string site;
    std::string endpoint;
    std::string access_key_id_suffix;
    std::string provider;
  };
  void show_identity();

  Identity identity_;
  TargetSeries<prometheus::Gauge> info_;
  TargetSeries<prometheus::Gauge> up_;
  TargetSeries<prometheus::Gauge> last_poll_success_;
  TargetSeries<prometheus::Gauge> last_poll_duration_;
  TargetSeries<prometheus::Counter> polls_;
  TargetSeries<prometheus::Counter> polls_incomplete_;
  TargetSeries<prometheus::Counter> polls_skipped_;
  TargetSeries<prometheus::Counter> poll_failures_;
  TargetSeries<prometheus::Gauge> tasks_;
  TargetSeries<prometheus::Counter> transitions_;
  TargetSeries<prometheus::Histogram> task_duration_;
  TargetSeries<prometheus::Gauge> last_completed_;
  TargetSeries<prometheus::Gauge> last_timed_out_;
  TargetSeries<prometheus::Gauge> series_dropped_;
  TargetSeries<prometheus::Gauge> alerts_firing_;
  TargetSeries<prometheus::Counter> violations_;
  TargetSeries<prometheus::Counter> requests_;
  TargetSeries<prometheus::Histogram> request_duration_;
  TargetSeries<prometheus::Counter> throttled_;
  TargetSeries<prometheus::Counter> budget_wait_;
  TargetSeries<prometheus::Gauge> clock_skew_;
  TargetSeries<prometheus::Gauge> credentials_expiry_;
  TargetSeries<prometheus::Counter> credentials_refreshes_;

  BoundedValues types_;
  BoundedValues codes_;
  BoundedValues fields_;
};

}  // namespace sas::telemetry
