// SPDX-License-Identifier: Apache-2.0
#include "telemetry/registry.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/version.hpp"
#include "telemetry/process.hpp"

namespace sas::telemetry {
namespace {

/// By name, and within a family by labels; those without a sample are left out.
std::vector<prometheus::MetricFamily> in_order(std::vector<prometheus::MetricFamily> families) {
  std::erase_if(families, [](const prometheus::MetricFamily& family) { return family.metric.empty(); });
  std::sort(families.begin(), families.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  for (prometheus::MetricFamily& family : families) {
    for (prometheus::ClientMetric& metric : family.metric)
      std::sort(metric.label.begin(), metric.label.end());
    std::sort(family.metric.begin(), family.metric.end(),
              [](const auto& a, const auto& b) { return a.label < b.label; });
  }
  return families;
}

double seconds(Time at) {
  return static_cast<double>(at.time_since_epoch().count()) / 1000.0;
}

}  // namespace

Registry::Registry()
    : registry_(std::make_unique<prometheus::Registry>()),
      families_(*registry_),
      start_time_(read_start_time()) {
  families_.build.Add({{"version", std::string(version())}, {"revision", std::string(revision())}}).Set(1);
  for (const char* result : {"ok", "failed"})
    families_.state_writes.Add({{"result", result}});
}

void Registry::knows_sink(std::string_view sink) {
  for (const char* result : {"ok", "failed", "dropped"})
    families_.notifications.Add({{"sink", std::string(sink)}, {"result", result}});
  set_queue_length(sink, 0);
}

void Registry::forget_sink(std::string_view sink) {
  for (const char* result : {"ok", "failed", "dropped"})
    families_.notifications.Remove(
        &families_.notifications.Add({{"sink", std::string(sink)}, {"result", result}}));
  families_.notification_queue.Remove(&families_.notification_queue.Add({{"sink", std::string(sink)}}));
}

void Registry::notification(std::string_view sink, std::string_view result) {
  families_.notifications.Add({{"sink", std::string(sink)}, {"result", std::string(result)}}).Increment();
}

void Registry::set_queue_length(std::string_view sink, std::size_t length) {
  families_.notification_queue.Add({{"sink", std::string(sink)}}).Set(static_cast<double>(length));
}

void Registry::config_read(bool successful, Time at) {
  families_.config_successful.Add({}).Set(successful ? 1 : 0);
  if (successful) families_.config_success_at.Add({}).Set(seconds(at));
}

void Registry::state_written(std::string_view result, Time at) {
  families_.state_writes.Add({{"result", std::string(result)}}).Increment();
  if (result == "ok") families_.state_last_write.Add({}).Set(seconds(at));
}

std::vector<prometheus::MetricFamily> Registry::collect() const {
  std::vector<prometheus::MetricFamily> families = registry_->Collect();
  std::vector<prometheus::MetricFamily> process = process_families(read_process(), start_time_);
  std::move(process.begin(), process.end(), std::back_inserter(families));
  return in_order(std::move(families));
}

std::vector<prometheus::MetricFamily> Registry::collect_own() const {
  return in_order(registry_->Collect());
}

}  // namespace sas::telemetry
