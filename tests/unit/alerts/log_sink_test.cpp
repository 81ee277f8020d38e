// SPDX-License-Identifier: Apache-2.0
#include "alerts/log_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/captured_log.hpp"
#include "support/situation.hpp"
#include "support/task_builder.hpp"
#include "telemetry/render.hpp"

namespace sas::alerts {
namespace {

using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;

const tasks::Task kSeed =
    support::running("3d7a1b68\n").type("CHECK_POLICY").items(197, 337).subtasks(5, 10).started(kNoon);

// Takes it at once.
void write(Sink& sink, const policy::Event& event) {
  ASSERT_TRUE(sink.wants(event));
  int taken = 0;
  sink.tell("production", event, [&taken] { ++taken; });
  EXPECT_EQ(taken, 1);
}

TEST(LogSink, ATransitionIsOneLineWithAllThatIsKnown) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  write(*sink, tasks::Transition{.task = kSeed,
                                 .from = tasks::kNotStarted,
                                 .to = tasks::kRunning,
                                 .observed = tasks::Observed::inferred,
                                 .seen_at = kNoon,
                                 .duration = std::nullopt,
                                 .request_id = "F8B6"});
  EXPECT_THAT(
      captured.lines(),
      ElementsAre(
          "level=info msg=\"task transition\" target=production task_id=3d7a1b68 task_type=CHECK_POLICY "
          "from=not_started to=running observed=inferred items_finished=197 items=337 subtasks_ready=5 "
          "subtasks=10 request_id=F8B6"));
}

TEST(LogSink, ATimeOutIsAWarningWithItsDuration) {
  support::CapturedLog captured(runtime::Level::warn);
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  write(*sink, tasks::Transition{.task = support::timed_out("a"),
                                 .from = tasks::kRunning,
                                 .to = tasks::kTimedOut,
                                 .observed = tasks::Observed::direct,
                                 .seen_at = kNoon,
                                 .duration = std::chrono::milliseconds{90'500},
                                 .request_id = "R-1"});
  EXPECT_THAT(
      captured.lines(),
      ElementsAre("level=warn msg=\"task transition\" target=production task_id=a task_type=CHECK_ALL "
                  "from=running to=timed_out observed=direct duration_seconds=90.5 request_id=R-1"));
}

TEST(LogSink, AnAlertIsOneLineWhenItFiresAndOneWhenItResolves) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  policy::AlertChange change{.target = "production",
                             .alert = policy::Alert::stalled,
                             .subject = kSeed.id,
                             .status = policy::AlertStatus::firing,
                             .evidence = {.tracked = support::seen_at_noon(kSeed), .limit = minutes{30}},
                             .since = kNoon + minutes{30},
                             .at = kNoon + minutes{30},
                             .request_id = "R-1"};
  write(*sink, change);
  change.status = policy::AlertStatus::resolved;
  change.at = kNoon + minutes{40};
  write(*sink, change);
  EXPECT_THAT(
      captured.lines(),
      ElementsAre(
          "level=warn msg=\"alert firing\" alert=stalled severity=warning target=production task_id=3d7a1b68 "
          "task_type=CHECK_POLICY status=running items_finished=197 items=337 subtasks_ready=5 "
          "subtasks=10 duration_seconds=1800 limit_seconds=1800 request_id=R-1",
          "level=info msg=\"alert resolved\" alert=stalled severity=warning target=production "
          "task_id=3d7a1b68 "
          "task_type=CHECK_POLICY status=running items_finished=197 items=337 subtasks_ready=5 "
          "subtasks=10 duration_seconds=2400 limit_seconds=1800 fired_for_seconds=600 request_id=R-1"));
}

TEST(LogSink, AnAlertOfATargetSaysWhatItIsAbout) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  policy::AlertChange change{
      .target = "production",
      .alert = policy::Alert::poll_failing,
      .subject = {},
      .status = policy::AlertStatus::firing,
      .evidence = {.cause = "auth", .detail = "key: unknown", .moment = kNoon, .limit = minutes{5}},
      .since = kNoon + minutes{5},
      .at = kNoon + minutes{5},
      .request_id = "R-1"};
  write(*sink, change);
  change.alert = policy::Alert::expected_check_missing;
  change.evidence = {.task_type = "CHECK_SCHEDULE", .limit = minutes{60}};
  write(*sink, change);
  EXPECT_THAT(
      captured.lines(),
      ElementsAre("level=warn msg=\"alert firing\" alert=poll_failing severity=critical target=production "
                  "cause=auth detail=\"key: unknown\" failing_since=2026-01-02T12:00:00Z "
                  "limit_seconds=300 request_id=R-1",
                  "level=warn msg=\"alert firing\" alert=expected_check_missing severity=critical "
                  "target=production task_type=CHECK_SCHEDULE limit_seconds=3600 request_id=R-1"));
}

TEST(LogSink, FailedSubtasksAreCountedAndNamed) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  const tasks::SubtaskSummary summary{
      .by_status = {0, 0, 7, 0, 2, 0},
      .failed = {{.id = "d-1", .checks = {"MFA", "Audit"}}, {.id = "d-2", .checks = {}}}};
  policy::AlertChange change;
  change.alert = policy::Alert::completed_with_failures;
  change.evidence = {.tracked =
                         support::with_subtasks(support::seen_at_noon(support::complete("a")), summary)};
  write(*sink, change);
  EXPECT_THAT(captured.lines(),
              ElementsAre(testing::HasSubstr("subtasks_failed=2 failed=\"d-1: MFA, Audit; d-2\"")));
}

TEST(LogSink, WhatIsWrittenIsCounted) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink("log", registry, captured.log());
  write(*sink, tasks::Transition());
  write(*sink, policy::AlertChange());
  EXPECT_THAT(telemetry::render(registry, exposition::Format::text),
              testing::HasSubstr("sas_operation_notifications_total{result=\"ok\",sink=\"log\"} 2\n"));
}

}  // namespace
}  // namespace sas::alerts
