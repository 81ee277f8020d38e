// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every family of the daemon's own metrics: what it is called, what it says. All stand in one place, so that
// the names can be read in one place.

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace sas::telemetry {

using CounterFamily = prometheus::Family<prometheus::Counter>;
using GaugeFamily = prometheus::Family<prometheus::Gauge>;
using HistogramFamily = prometheus::Family<prometheus::Histogram>;

struct Families {
  explicit Families(prometheus::Registry& registry);

  GaugeFamily& target_info;

  // Polls
  GaugeFamily& up;
  GaugeFamily& last_poll_success;
  GaugeFamily& last_poll_duration;
  CounterFamily& polls;
  CounterFamily& polls_incomplete;
  CounterFamily& polls_skipped;
  CounterFamily& poll_failures;

  // Tasks
  GaugeFamily& tasks;
  CounterFamily& transitions;
  HistogramFamily& task_duration;
  GaugeFamily& last_completed;
  GaugeFamily& last_timed_out;
  GaugeFamily& series_dropped;
  GaugeFamily& alerts_firing;
  CounterFamily& violations;

  // Calls
  CounterFamily& requests;
  HistogramFamily& request_duration;
  CounterFamily& throttled;
  CounterFamily& budget_wait;
  GaugeFamily& clock_skew;
  GaugeFamily& credentials_expiry;
  CounterFamily& credentials_refreshes;

  // The whole daemon
  CounterFamily& notifications;
  GaugeFamily& notification_queue;
  CounterFamily& state_writes;
  GaugeFamily& state_last_write;
  GaugeFamily& config_successful;
  GaugeFamily& config_success_at;
  GaugeFamily& build;
};

}  // namespace sas::telemetry
