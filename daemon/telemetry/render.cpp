// SPDX-License-Identifier: Apache-2.0
#include "telemetry/render.hpp"

#include <cmath>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tasks/label_text.hpp"

namespace sas::telemetry {
namespace {

using exposition::Format;
using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  // Counts and times in the form that people read; fmt would write 1e+06.
  if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
  return fmt::format("{}", value);
}

// OpenMetrics wants a bucket's bound to look like a float.
std::string bound(double value, Format format) {
  std::string text = number(value);
  if (format == Format::openmetrics && text.find_first_of(".eNI") == std::string::npos) text += ".0";
  return text;
}

// Both formats want backslashes and line feeds of a HELP text escaped, OpenMetrics quotes as well.
std::string escaped(std::string_view help, Format format) {
  std::string text;
  for (const char c : help) {
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || (c == '"' && format == Format::openmetrics)) text += '\\';
    text += c;
  }
  return text;
}

std::string_view without_suffix(std::string_view name, std::string_view suffix) {
  return name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

class Serializer {
 public:
  explicit Serializer(Format format) : format_(format) {}

  void family(const MetricFamily& family) {
    header(family);
    for (const ClientMetric& metric : family.metric) {
      switch (family.type) {
        case MetricType::Counter:
          sample(family.name, metric, metric.counter.value);
          break;
        case MetricType::Histogram:
          histogram(family.name, metric);
          break;
        default:
          sample(family.name, metric, metric.gauge.value);
          break;
      }
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void header(const MetricFamily& family) {
    std::string_view name = family.name;
    std::string_view type = "gauge";
    if (family.type == MetricType::Counter) type = "counter";
    if (family.type == MetricType::Histogram) type = "histogram";
    if (format_ == Format::openmetrics) {
      // There a family is called what its samples are without their suffix.
      if (type == "counter") name = without_suffix(name, "_total");
      if (name.ends_with("_info")) {
        name = without_suffix(name, "_info");
        type = "info";
      }
    }
    fmt::format_to(std::back_inserter(text_), "# HELP {} {}\n# TYPE {} {}\n", name,
                   escaped(family.help, format_), name, type);
    if (format_ != Format::openmetrics) return;
    for (const std::string_view unit : {"seconds", "bytes"}) {
      if (name.size() > unit.size() && name.ends_with(unit) && name[name.size() - unit.size() - 1] == '_')
        fmt::format_to(std::back_inserter(text_), "# UNIT {} {}\n", name, unit);
    }
  }

  void sample(std::string_view name, const ClientMetric& metric, double value) {
    text_ += name;
    labels(metric, {});
    fmt::format_to(std::back_inserter(text_), " {}\n", number(value));
  }

  void histogram(std::string_view name, const ClientMetric& metric) {
    for (const ClientMetric::Bucket& bucket : metric.histogram.bucket) {
      text_.append(name).append("_bucket");
      labels(metric, bound(bucket.upper_bound, format_));
      fmt::format_to(std::back_inserter(text_), " {}\n", bucket.cumulative_count);
    }
    text_.append(name).append("_sum");
    labels(metric, {});
    fmt::format_to(std::back_inserter(text_), " {}\n", number(metric.histogram.sample_sum));
    text_.append(name).append("_count");
    labels(metric, {});
    fmt::format_to(std::back_inserter(text_), " {}\n", metric.histogram.sample_count);
  }

  // `le`: a bucket's bound, or empty.
  void labels(const ClientMetric& metric, std::string_view le) {
    if (metric.label.empty() && le.empty()) return;
    char separator = '{';
    const auto label = [&](std::string_view name, std::string_view value) {
      text_ += std::exchange(separator, ',');
      tasks::append_label(text_, name, value);
    };
    for (const ClientMetric::Label& each : metric.label)
      label(each.name, each.value);
    if (!le.empty()) label("le", le);
    text_ += '}';
  }

  Format format_;
  std::string text_;
};

}  // namespace

std::string render(const std::vector<MetricFamily>& families, Format format) {
  Serializer serializer(format);
  for (const MetricFamily& family : families)
    serializer.family(family);
  return serializer.take();
}

std::string render(const Registry& registry, Format format) {
  return render(registry.collect(), format);
}

}  // namespace sas::telemetry
