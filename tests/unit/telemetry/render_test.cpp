// SPDX-License-Identifier: Apache-2.0
#include "telemetry/render.hpp"

#include <limits>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exposition/scrape.hpp"
#include "support/exposition_lint.hpp"
#include "support/golden.hpp"
#include "support/task_builder.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::telemetry {
namespace {

using exposition::Format;
using testing::HasSubstr;
using testing::Not;

// All but what differs from run to run: the build and the process.
std::vector<prometheus::MetricFamily> steady_families(const Registry& registry) {
  std::vector<prometheus::MetricFamily> families = registry.collect();
  std::erase_if(families, [](const prometheus::MetricFamily& family) {
    return family.name.starts_with("process_") || family.name.ends_with("_build_info");
  });
  return families;
}

void live_a_little(Registry& registry, TargetMetrics& metrics) {
  using std::chrono::milliseconds;
  using std::chrono::minutes;
  metrics.poll_ended("complete", milliseconds{1'234});
  metrics.poll_succeeded_at(Time{milliseconds{1'767'355'200'125}});
  metrics.set_up(true);
  metrics.set_tasks({.by_type = {{"CHECK_ALL", {0, 3, 0, 0, 0}}}, .active = 3});
  metrics.transition("CHECK_ALL", "running", "complete", "direct");
  metrics.task_ended("CHECK_ALL", "complete", minutes{25}, Time{milliseconds{1'767'355'100'000}});
  metrics.violation("PageInfo.TotalCount", 2);
  metrics.request_ended("ListOperationProcess", "OK", milliseconds{40});
  metrics.request_ended("ListOperationProcess", "Throttling.User", milliseconds{9});
  metrics.throttled("ListOperationProcess");
  metrics.set_clock_skew(milliseconds{-1'500});
  registry.notification("log", "ok");
}

TEST(Render, LooksLikeTheGoldenText) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  live_a_little(registry, metrics);
  support::expect_golden(render(steady_families(registry), Format::text), "exposition/own.txt");
}

TEST(Render, LooksLikeTheGoldenOpenMetrics) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  live_a_little(registry, metrics);
  support::expect_golden(render(steady_families(registry), Format::openmetrics),
                         "exposition/own.openmetrics.txt");
}

TEST(Render, TheFieldsToolsReadIt) {
  Registry registry;
  TargetMetrics first(registry, "production");
  TargetMetrics second(registry, "with \"quotes\" and\nlines");
  live_a_little(registry, first);
  support::expect_promtool_is_content(render(registry, Format::text));
  support::expect_openmetrics_parses(render(registry, Format::openmetrics) + "# EOF\n");
}

// As /metrics puts them together: nothing in one half clashes with the other.
TEST(Render, TheFieldsToolsReadItBesideTheTaskSeries) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  live_a_little(registry, metrics);
  tasks::GaugeColumns columns;
  columns.write(0, {1, 1, 337, 197, 10, 5, 1, 2, 3, 4}, "production", support::running("a"));
  const auto body_in = [&](Format format) {
    exposition::ScrapeWriter writer(
        {.format = format, .own_metrics = render(registry, format), .targets = {columns.publish()}});
    std::string body;
    for (std::string piece; writer.next(piece);)
      body += piece;
    return body;
  };
  support::expect_promtool_is_content(body_in(Format::text));
  support::expect_openmetrics_parses(body_in(Format::openmetrics));
}

TEST(Render, HelpIsEscapedAsTheFormatWantsIt) {
  const prometheus::MetricFamily family{
      .name = "x", .help = "a\\b\"c\nd", .type = prometheus::MetricType::Gauge, .metric = {}};
  EXPECT_THAT(render({family}, Format::text), HasSubstr("# HELP x a\\\\b\"c\\nd\n"));
  EXPECT_THAT(render({family}, Format::openmetrics), HasSubstr("# HELP x a\\\\b\\\"c\\nd\n"));
}

TEST(Render, AUnitIsToldWhereTheNameEndsInIt) {
  std::vector<prometheus::MetricFamily> families;
  for (const char* name : {"a_bytes", "b_seconds", "seconds", "milliseconds"})
    families.push_back({.name = name, .help = "x.", .type = prometheus::MetricType::Gauge, .metric = {}});
  const std::string body = render(families, Format::openmetrics);
  EXPECT_THAT(body, HasSubstr("# UNIT a_bytes bytes\n"));
  EXPECT_THAT(body, HasSubstr("# UNIT b_seconds seconds\n"));
  EXPECT_THAT(body, Not(HasSubstr("# UNIT seconds")));
  EXPECT_THAT(body, Not(HasSubstr("# UNIT milliseconds")));
  EXPECT_THAT(render(families, Format::text), Not(HasSubstr("# UNIT")));
}

TEST(Render, NumbersAreWrittenAsPeopleReadThem) {
  prometheus::MetricFamily family{
      .name = "x", .help = "x.", .type = prometheus::MetricType::Gauge, .metric = {}};
  for (const double value : {1e6, 0.25, -3.0, std::numeric_limits<double>::infinity()}) {
    family.metric.emplace_back().gauge.value = value;
  }
  EXPECT_THAT(render({family}, Format::text), HasSubstr("\nx 1000000\nx 0.25\nx -3\nx +Inf\n"));
}

}  // namespace
}  // namespace sas::telemetry
