// SPDX-License-Identifier: Apache-2.0
#include "telemetry/target_metrics.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "telemetry/render.hpp"

namespace sas::telemetry {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

std::string text(const Registry& registry) {
  return render(registry, exposition::Format::text);
}

TEST(TargetMetrics, KnownLabelsAreThereFromTheStartAndTimesAreNot) {
  Registry registry;
  const TargetMetrics metrics(registry, "production");
  const std::string scrape = text(registry);
  EXPECT_THAT(scrape, HasSubstr("sas_operation_up{target=\"production\"} 0\n"));
  EXPECT_THAT(scrape, HasSubstr("sas_operation_polls_total{result=\"failed\",target=\"production\"} 0\n"));
  EXPECT_THAT(scrape, HasSubstr("sas_operation_task_transitions_total{from=\"running\",observed=\"inferred\","
                                "target=\"production\",task_type=\"CHECK_ITEM\",to=\"timed_out\"} 0\n"));
  EXPECT_THAT(
      scrape,
      HasSubstr("sas_operation_tasks{status=\"unknown\",target=\"production\",task_type=\"CHECK_ALL\"} 0\n"));
  EXPECT_THAT(scrape, Not(HasSubstr("sas_operation_last_poll_success_timestamp_seconds{")));
  EXPECT_THAT(scrape, Not(HasSubstr("sas_operation_last_completed_timestamp_seconds{")));
  EXPECT_THAT(scrape, Not(HasSubstr("sas_operation_clock_skew_seconds{")));
}

std::size_t identities(const std::string& scrape) {
  std::size_t count = 0;
  const std::string_view series = "sas_operation_target_info{";
  for (auto at = scrape.find(series); at != std::string::npos; at = scrape.find(series, at + 1))
    ++count;
  return count;
}

TEST(TargetMetrics, AnIdentityIsThereFromTheStartAndMovesWithTheKey) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  metrics.asks("intl", "https://tds.ap-southeast-1.aliyuncs.com");
  const std::string rest =
      "endpoint=\"https://"
      "tds.ap-southeast-1.aliyuncs.com\",provider=\"{}\",site=\"intl\",target=\"production\"}} 1\n";
  const auto series = [&](std::string_view suffix, std::string_view provider) {
    return fmt::format("sas_operation_target_info{{access_key_id_suffix=\"{}\",", suffix) +
           fmt::format(fmt::runtime(rest), provider);
  };
  EXPECT_THAT(text(registry), HasSubstr(series("", "")));
  metrics.signs_with("STS.NUxxxxWXYZ", "ecs_ram_role");
  EXPECT_THAT(text(registry), HasSubstr(series("WXYZ", "ecs_ram_role")));
  metrics.signs_with("STS.NUxxxxABCD", "ecs_ram_role");
  EXPECT_THAT(text(registry), HasSubstr(series("ABCD", "ecs_ram_role")));
  metrics.signs_with("LTAI5tyyyyABCD", "environment");
  EXPECT_THAT(text(registry), HasSubstr(series("ABCD", "environment")));
  EXPECT_EQ(identities(text(registry)), 1U);
  EXPECT_THAT(text(registry), Not(HasSubstr("LTAI5t")));
}

TEST(TargetMetrics, OfAShortIdNothingIsShown) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  metrics.signs_with("12345678", "static");
  EXPECT_THAT(text(registry), HasSubstr("access_key_id_suffix=\"\",endpoint=\"\",provider=\"static\""));
  EXPECT_THAT(text(registry), Not(HasSubstr("5678")));
}

TEST(TargetMetrics, GoWithTheirTarget) {
  Registry registry;
  const TargetMetrics stays(registry, "stays");
  { const TargetMetrics goes(registry, "goes"); }
  EXPECT_THAT(text(registry), HasSubstr("target=\"stays\""));
  EXPECT_THAT(text(registry), Not(HasSubstr("target=\"goes\"")));
}

TEST(TargetMetrics, ForgottenCountsGoAndComeBack) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  metrics.forget_tasks();
  EXPECT_THAT(text(registry), Not(HasSubstr("sas_operation_tasks{")));
  metrics.set_tasks({.by_type = {{"CHECK_ALL", {0, 2, 0, 0, 0}}}, .active = 2});
  EXPECT_THAT(text(registry),
              HasSubstr("status=\"running\",target=\"production\",task_type=\"CHECK_ALL\"} 2\n"));
}

TEST(TargetMetrics, ATypeWithoutTasksAnyMoreHasNone) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  metrics.set_tasks({.by_type = {{"CHECK_NEW", {0, 0, 0, 0, 4}}}, .active = 0});
  const std::string series =
      "sas_operation_tasks{status=\"unknown\",target=\"production\",task_type=\"CHECK_NEW\"} ";
  EXPECT_THAT(text(registry), HasSubstr(series + "4\n"));
  metrics.set_tasks({});
  EXPECT_THAT(text(registry), HasSubstr(series + "0\n"));
}

TEST(TargetMetrics, TypesBeyondTheBoundAreCountedTogether) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  tasks::Census census;
  for (int i = 0; i < 100; ++i)
    census.by_type["TYPE_" + std::to_string(i)] = {0, 1, 0, 0, 0};
  metrics.set_tasks(census);
  const std::string series =
      "sas_operation_tasks{status=\"running\",target=\"production\",task_type=\"other\"} ";
  EXPECT_THAT(text(registry), HasSubstr(series + "41\n"));  // all but the 59 beside the five known ones
  metrics.set_tasks({});
  EXPECT_THAT(text(registry), HasSubstr(series + "0\n"));
}

TEST(TargetMetrics, TheLatestEndIsKept) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  metrics.task_ended("CHECK_ALL", "complete", std::nullopt, Time{milliseconds{2'000'000}});
  metrics.task_ended("CHECK_ALL", "complete", std::nullopt, Time{milliseconds{1'000'000}});
  EXPECT_THAT(text(registry),
              HasSubstr("sas_operation_last_completed_timestamp_seconds{target=\"production\","
                        "task_type=\"CHECK_ALL\"} 2000\n"));
  EXPECT_THAT(text(registry), HasSubstr("sas_operation_task_duration_seconds_count{status=\"complete\","
                                        "target=\"production\",task_type=\"CHECK_ALL\"} 0\n"));
}

TEST(TargetMetrics, WhatOthersChooseMakesNoSeriesWithoutEnd) {
  Registry registry;
  TargetMetrics metrics(registry, "production");
  for (int i = 0; i < 1'000; ++i)
    metrics.request_ended("ListOperationProcess", "Code." + std::to_string(i), {});
  const std::string scrape = text(registry);
  EXPECT_THAT(scrape, HasSubstr("code=\"Code.0\",target=\"production\"} 1\n"));
  EXPECT_THAT(scrape, HasSubstr("code=\"other\",target=\"production\"} 937\n"));  // all but OK and 63 of them
  EXPECT_THAT(scrape, Not(HasSubstr("code=\"Code.900\"")));
}

}  // namespace
}  // namespace sas::telemetry
