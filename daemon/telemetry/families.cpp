// SPDX-License-Identifier: Apache-2.0
#include "telemetry/families.hpp"

#include <string>

namespace sas::telemetry {
namespace {

CounterFamily& counter(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildCounter().Name(std::string("sas_operation_") + name).Help(help).Register(registry);
}

GaugeFamily& gauge(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildGauge().Name(std::string("sas_operation_") + name).Help(help).Register(registry);
}

HistogramFamily& histogram(prometheus::Registry& registry, const char* name, const char* help) {
  return prometheus::BuildHistogram()
      .Name(std::string("sas_operation_") + name)
      .Help(help)
      .Register(registry);
}

}  // namespace

Families::Families(prometheus::Registry& registry)
    : target_info(gauge(registry, "target_info",
                        "Whom the target asks, and with which key it signed last: always 1.")),
      up(gauge(registry, "up", "1: the last poll of the target saw its whole list.")),
      last_poll_success(
          gauge(registry, "last_poll_success_timestamp_seconds",
                "Start of the last poll that saw the whole list. Polls run on a timer, not on scrapes: "
                "a transition exists only between two of them.")),
      last_poll_duration(gauge(registry, "last_poll_duration_seconds", "How long the last poll took.")),
      polls(counter(registry, "polls_total", "Polls by what came of them: complete, incomplete or failed.")),
      polls_incomplete(
          counter(registry, "polls_incomplete_total", "Polls that saw only part of the list, by why.")),
      polls_skipped(counter(registry, "polls_skipped_total",
                            "Polls that did not start because the one before took too long.")),
      poll_failures(
          counter(registry, "poll_failures_total",
                  "Polls that did not complete, by why: auth, permission, throttled, network, server "
                  "or contract.")),
      tasks(gauge(registry, "tasks", "Tasks listed by the last complete poll.")),
      transitions(counter(registry, "task_transitions_total",
                          "Steps of tasks' lives: seen (direct), or between two polls (inferred).")),
      task_duration(histogram(registry, "task_duration_seconds", "From start to end of tasks that ended.")),
      last_completed(
          gauge(registry, "last_completed_timestamp_seconds", "When a task of the type last completed.")),
      last_timed_out(
          gauge(registry, "last_timed_out_timestamp_seconds", "When a task of the type last timed out.")),
      series_dropped(
          gauge(registry, "task_series_dropped", "Tasks without series because of metrics.max_tasks.")),
      alerts_firing(gauge(registry, "alerts_firing", "Alerts that are firing now.")),
      violations(counter(registry, "contract_violations_total",
                         "Places where answers do not keep what the API documents, by field.")),
      requests(counter(registry, "api_requests_total",
                       "Calls by the Code of the answer; OK, or what went wrong where there was no answer.")),
      request_duration(
          histogram(registry, "api_request_duration_seconds", "From sending a call to its whole answer.")),
      throttled(counter(registry, "api_throttled_total", "Answers that told us to slow down.")),
      budget_wait(counter(registry, "api_budget_wait_seconds_total",
                          "Time that calls waited for their turn in the budget.")),
      clock_skew(
          gauge(registry, "clock_skew_seconds", "The service's clock minus ours, from its last answer.")),
      credentials_expiry(gauge(registry, "credentials_expiry_timestamp_seconds",
                               "When the temporary key that signs calls expires.")),
      credentials_refreshes(counter(registry, "credentials_refreshes_total",
                                    "Times a temporary key was fetched, or was not, by where from.")),
      notifications(
          counter(registry, "notifications_total",
                  "Alerts and transitions by what became of them: ok (taken by the sink), failed (an "
                  "attempt that did not succeed) or dropped (given up).")),
      notification_queue(gauge(registry, "notification_queue_length", "What waits for a sink.")),
      state_writes(counter(registry, "state_writes_total", "Times the state file was written, or was not.")),
      state_last_write(gauge(registry, "state_last_write_timestamp_seconds",
                             "When the state file was last written whole.")),
      config_successful(gauge(registry, "config_last_reload_successful",
                              "1: the configuration that was read last is the one in force.")),
      config_success_at(gauge(registry, "config_last_reload_success_timestamp_seconds",
                              "When the configuration in force was read.")),
      build(gauge(registry, "build_info", "Which build this is; always 1.")) {}

}  // namespace sas::telemetry
