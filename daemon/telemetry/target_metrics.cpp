// SPDX-License-Identifier: Apache-2.0
#include "telemetry/target_metrics.hpp"

#include <algorithm>
#include <array>

#include "base/access_key.hpp"
#include "tasks/task.hpp"

namespace sas::telemetry {
namespace {

using Buckets = prometheus::Histogram::BucketBoundaries;

// Checks run for minutes to many hours.
const Buckets& run_buckets() {
  static const Buckets kBuckets{60, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400};
  return kBuckets;
}

const Buckets& call_buckets() {
  static const Buckets kBuckets{0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return kBuckets;
}

// What is known beforehand, besides the types and the states; a new word only starts later than at 0.
constexpr std::array<std::array<const char*, 2>, 3> kSteps{
    {{"not_started", "running"}, {"running", "complete"}, {"running", "timed_out"}}};
constexpr std::array<const char*, 2> kObserved{"direct", "inferred"};
constexpr std::array<const char*, 2> kEnds{"complete", "timed_out"};
constexpr std::array<const char*, 3> kResults{"complete", "incomplete", "failed"};
constexpr std::array<const char*, 4> kReasons{"page_failed", "shifted", "too_few", "too_long"};
constexpr std::array<const char*, 6> kCauses{"auth",    "permission", "throttled",
                                             "network", "server",     "contract"};
constexpr std::array<const char*, 9> kAlerts{"timed_out",
                                             "stalled",
                                             "not_started",
                                             "running_longer_than",
                                             "completed_with_failures",
                                             "expected_check_missing",
                                             "poll_failing",
                                             "credentials_expiring",
                                             "contract_drift"};
// The fields that alerts ask for; the other fields of an answer begin when they first break the contract.
constexpr std::array<const char*, 12> kFields{
    "TaskId",     "TaskType",  "StatusCode", "TotalCount",     "FinishCount",         "DetailTaskTotalCount",
    "CreateTime", "StartTime", "EndTime",    "PageInfo.Count", "PageInfo.TotalCount", "DetailTaskReadyCount"};
constexpr std::array<const char*, 2> kActions{"ListOperationProcess", "ListOperationProcessDetail"};

double seconds(Milliseconds span) {
  return static_cast<double>(span.count()) / 1000.0;
}

double seconds(Time at) {
  return seconds(at.time_since_epoch());
}

}  // namespace

TargetMetrics::TargetMetrics(Registry& registry, const std::string& target)
    : info_(registry.families().target_info, target),
      up_(registry.families().up, target),
      last_poll_success_(registry.families().last_poll_success, target),
      last_poll_duration_(registry.families().last_poll_duration, target),
      polls_(registry.families().polls, target),
      polls_incomplete_(registry.families().polls_incomplete, target),
      polls_skipped_(registry.families().polls_skipped, target),
      poll_failures_(registry.families().poll_failures, target),
      tasks_(registry.families().tasks, target),
      transitions_(registry.families().transitions, target),
      task_duration_(registry.families().task_duration, target),
      last_completed_(registry.families().last_completed, target),
      last_timed_out_(registry.families().last_timed_out, target),
      series_dropped_(registry.families().series_dropped, target),
      alerts_firing_(registry.families().alerts_firing, target),
      violations_(registry.families().violations, target),
      requests_(registry.families().requests, target),
      request_duration_(registry.families().request_duration, target),
      throttled_(registry.families().throttled, target),
      budget_wait_(registry.families().budget_wait, target),
      clock_skew_(registry.families().clock_skew, target),
      credentials_expiry_(registry.families().credentials_expiry, target),
      credentials_refreshes_(registry.families().credentials_refreshes, target) {
  show_identity();
  set_up(false);
  set_series_dropped(0);
  for (const char* result : kResults)
    polls_.with({{"result", result}});
  for (const char* reason : kReasons)
    polls_incomplete_.with({{"reason", reason}});
  polls_skipped(0);
  for (const char* field : kFields)
    violation(field, 0);
  for (const char* alert : kAlerts)
    set_alerts_firing(alert, 0);
  for (const char* cause : kCauses)
    poll_failures_.with({{"cause", cause}});
  for (const char* action : kActions) {
    requests_.with({{"action", action}, {"code", codes_("OK")}});
    request_duration_.with({{"action", action}}, call_buckets());
    throttled_.with({{"action", action}});
    budget_wait_.with({{"action", action}});
  }
  for (const std::string_view type : tasks::kTaskTypes) {
    for (const char* end : kEnds)
      task_duration_.with({{"task_type", types_(type)}, {"status", end}}, run_buckets());
    for (const auto& [from, to] : kSteps) {
      for (const char* observed : kObserved) {
        transitions_.with({{"task_type", types_(type)}, {"from", from}, {"to", to}, {"observed", observed}});
      }
    }
  }
  set_tasks({});
}

void TargetMetrics::asks(std::string_view site, std::string_view endpoint) {
  identity_.site = site;
  identity_.endpoint = endpoint;
  show_identity();
}

void TargetMetrics::signs_with(std::string_view access_key_id, std::string_view provider) {
  const std::string_view suffix = id_suffix(access_key_id);
  if (identity_.access_key_id_suffix == suffix && identity_.provider == provider) return;
  identity_.access_key_id_suffix = suffix;
  identity_.provider = provider;
  show_identity();
}

void TargetMetrics::show_identity() {
  info_.clear();
  info_
      .with({{"site", identity_.site},
             {"endpoint", identity_.endpoint},
             {"access_key_id_suffix", identity_.access_key_id_suffix},
             {"provider", identity_.provider}})
      .Set(1);
}

void TargetMetrics::poll_ended(std::string_view result, Milliseconds took) {
  polls_.with({{"result", std::string(result)}}).Increment();
  last_poll_duration_.with({}).Set(seconds(took));
}

void TargetMetrics::poll_incomplete(std::string_view reason) {
  polls_incomplete_.with({{"reason", std::string(reason)}}).Increment();
}

void TargetMetrics::poll_failed(std::string_view cause) {
  poll_failures_.with({{"cause", std::string(cause)}}).Increment();
}

void TargetMetrics::polls_skipped(std::uint64_t count) {
  polls_skipped_.with({}).Increment(static_cast<double>(count));
}

void TargetMetrics::poll_succeeded_at(Time at) {
  last_poll_success_.with({}).Set(seconds(at));
}

void TargetMetrics::set_up(bool up) {
  up_.with({}).Set(up ? 1 : 0);
}

void TargetMetrics::set_tasks(const tasks::Census& census) {
  decltype(census.by_type) counts;  // by what a type is called here: those that are `other` add up
  for (const std::string& type : types_.given())
    counts[type] = {};
  for (const auto& [type, by_status] : census.by_type) {
    auto& sums = counts[types_(type)];
    for (std::size_t i = 0; i < sums.size(); ++i)
      sums[i] += by_status[i];
  }
  for (const auto& [type, by_status] : counts) {
    for (std::size_t i = 0; i < by_status.size(); ++i) {
      tasks_.with({{"task_type", type}, {"status", std::string(tasks::kStatusNames[i])}})
          .Set(static_cast<double>(by_status[i]));
    }
  }
}

void TargetMetrics::forget_tasks() {
  tasks_.clear();
}

void TargetMetrics::transition(std::string_view task_type, std::string_view from, std::string_view to,
                               std::string_view observed) {
  transitions_
      .with({{"task_type", types_(task_type)},
             {"from", std::string(from)},
             {"to", std::string(to)},
             {"observed", std::string(observed)}})
      .Increment();
}

void TargetMetrics::task_ended(std::string_view task_type, std::string_view status,
                               std::optional<Milliseconds> duration, Time at) {
  const std::string type = types_(task_type);
  prometheus::Gauge& last =
      (status == "complete" ? last_completed_ : last_timed_out_).with({{"task_type", type}});
  last.Set(std::max(last.Value(), seconds(at)));
  if (!duration) return;
  task_duration_.with({{"task_type", type}, {"status", std::string(status)}}, run_buckets())
      .Observe(seconds(*duration));
}

void TargetMetrics::violation(std::string_view field, std::uint64_t times) {
  violations_.with({{"field", fields_(field)}}).Increment(static_cast<double>(times));
}

void TargetMetrics::set_series_dropped(std::size_t count) {
  series_dropped_.with({}).Set(static_cast<double>(count));
}

void TargetMetrics::set_alerts_firing(std::string_view alert, std::size_t count) {
  alerts_firing_.with({{"alert", std::string(alert)}}).Set(static_cast<double>(count));
}

void TargetMetrics::request_ended(std::string_view action, std::string_view code, Milliseconds took) {
  requests_.with({{"action", std::string(action)}, {"code", codes_(code)}}).Increment();
  request_duration_.with({{"action", std::string(action)}}, call_buckets()).Observe(seconds(took));
}

void TargetMetrics::throttled(std::string_view action) {
  throttled_.with({{"action", std::string(action)}}).Increment();
}

void TargetMetrics::waited_for_budget(std::string_view action, Milliseconds waited) {
  budget_wait_.with({{"action", std::string(action)}}).Increment(seconds(waited));
}

void TargetMetrics::set_clock_skew(Milliseconds skew) {
  clock_skew_.with({}).Set(seconds(skew));
}

void TargetMetrics::set_credentials_expiry(std::optional<Time> at) {
  if (at) {
    credentials_expiry_.with({}).Set(seconds(*at));
  } else {
    credentials_expiry_.clear();
  }
}

// Both results of a provider are there as soon as one is.
void TargetMetrics::credentials_refreshed(std::string_view provider, std::string_view result) {
  for (const std::string_view known : {"ok", "failed"}) {
    prometheus::Counter& counter =
        credentials_refreshes_.with({{"provider", std::string(provider)}, {"result", std::string(known)}});
    if (known == result) counter.Increment();
  }
}

}  // namespace sas::telemetry
