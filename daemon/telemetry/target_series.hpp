// SPDX-License-Identifier: Apache-2.0
#pragma once
// One target's series of one family: made when first touched, taken out of the family together.

#include <set>
#include <string>
#include <utility>

#include <prometheus/family.h>
#include <prometheus/labels.h>

namespace sas::telemetry {

template <class Metric>
class TargetSeries {
 public:
  /// The family must outlive it.
  TargetSeries(prometheus::Family<Metric>& family, std::string target)
      : family_(family), target_(std::move(target)) {}
  ~TargetSeries() { clear(); }
  TargetSeries(const TargetSeries&) = delete;
  TargetSeries& operator=(const TargetSeries&) = delete;

  /// The series with these labels besides `target`. `arguments` are for making it, such as a histogram's
  /// buckets.
  template <class... Arguments>
  Metric& with(prometheus::Labels labels, Arguments&&... arguments) {
    labels.emplace("target", target_);
    Metric& metric = family_.Add(labels, std::forward<Arguments>(arguments)...);
    metrics_.insert(&metric);
    return metric;
  }

  void clear() {
    for (Metric* metric : metrics_)
      family_.Remove(metric);
    metrics_.clear();
  }

 private:
  prometheus::Family<Metric>& family_;
  std::string target_;
  std::set<Metric*> metrics_;
};

}  // namespace sas::telemetry
