// SPDX-License-Identifier: Apache-2.0
#include "app/limits.hpp"

namespace sas::app {
namespace {

policy::AlertLimits alert_limits(const settings::Settings& settings) {
  policy::AlertLimits limits;
  limits.stalled_after = settings.alerts.stalled_after;
  limits.not_started_after = settings.alerts.not_started_after;
  limits.running_longer_than = settings.alerts.running_longer_than;
  limits.learn_durations = settings.alerts.learn_durations;
  limits.ended_for = settings.metrics.task_retention;
  limits.poll_failing_after = settings.alerts.poll_failing_after;
  limits.credentials_expiring_within = settings.alerts.credentials_expiring_within;
  limits.contract_drift_for = settings.alerts.contract_drift_for;
  for (const settings::ExpectedCheck& expected : settings.alerts.expect)
    limits.expect.push_back({.task_type = expected.task_type, .within = expected.within});
  for (const settings::Silence& silence : settings.alerts.silence)
    limits.silences.push_back(
        {.alert = silence.alert, .target = silence.target, .task_type = silence.task_type});
  return limits;
}

settings::Alerts without_sinks(settings::Alerts alerts) {
  alerts.sinks.clear();
  alerts.runbook_url.clear();
  return alerts;
}

}  // namespace

polling::WatchedTarget::Limits limits(const settings::Settings& settings) {
  return {.page_size = settings.poll.page_size,
          .cadence = {.interval = settings.poll.interval,
                      .idle_interval = settings.poll.idle_interval,
                      .jitter = settings.poll.jitter},
          .pipeline = {.show = {.task_series = settings.metrics.task_series,
                                .task_retention = settings.metrics.task_retention,
                                .max_tasks = static_cast<std::size_t>(settings.metrics.max_tasks)},
                       .alerts = alert_limits(settings),
                       .lookback = settings.poll.lookback},
          .subtasks = {.wanted = settings.alerts.failed_subtasks,
                       .page_size = settings.poll.page_size,
                       .retention = settings.metrics.task_retention,
                       .at_most = settings.poll.interval / 2}};
}

cloud::CallSettings call_settings(const Target& target, const settings::Poll& poll) {
  cloud::CallSettings call;
  call.target = target;
  call.request_timeout = poll.request_timeout;
  call.retry.max_retries = poll.max_retries;
  return call;
}

bool have_same_limits(const settings::Settings& a, const settings::Settings& b) {
  return a.poll == b.poll && a.metrics == b.metrics && without_sinks(a.alerts) == without_sinks(b.alerts);
}

}  // namespace sas::app
