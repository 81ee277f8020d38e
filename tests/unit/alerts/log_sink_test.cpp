// SPDX-License-Identifier: Apache-2.0
#include "alerts/log_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/captured_log.hpp"
#include "support/task_builder.hpp"
#include "telemetry/render.hpp"

namespace sas::alerts {
namespace {

using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;

const tasks::Task kSeed =
    support::running("3d7a1b68\n").type("CHECK_POLICY").items(197, 337).subtasks(5, 10).started(kNoon);

TEST(LogSink, ATransitionIsOneLineWithAllThatIsKnown) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink(registry, captured.log());
  sink->tell("production", {.task = kSeed,
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
  const auto sink = make_log_sink(registry, captured.log());
  sink->tell("production", {.task = support::timed_out("a"),
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
  const auto sink = make_log_sink(registry, captured.log());
  policy::AlertChange change{.target = "production",
                             .alert = policy::Alert::stalled,
                             .status = policy::AlertStatus::firing,
                             .tracked = {.task = kSeed,
                                         .first_seen = kNoon,
                                         .last_seen = kNoon,
                                         .items_progressed = kNoon,
                                         .subtasks_progressed = kNoon,
                                         .status_changed = kNoon,
                                         .seen_in = 1},
                             .since = kNoon + minutes{30},
                             .at = kNoon + minutes{30},
                             .request_id = "R-1"};
  sink->tell(change);
  change.status = policy::AlertStatus::resolved;
  change.at = kNoon + minutes{40};
  sink->tell(change);
  EXPECT_THAT(
      captured.lines(),
      ElementsAre("level=warn msg=\"alert firing\" alert=stalled target=production task_id=3d7a1b68 "
                  "task_type=CHECK_POLICY status=running items_finished=197 items=337 subtasks_ready=5 "
                  "subtasks=10 duration_seconds=1800 request_id=R-1",
                  "level=info msg=\"alert resolved\" alert=stalled target=production task_id=3d7a1b68 "
                  "task_type=CHECK_POLICY status=running items_finished=197 items=337 subtasks_ready=5 "
                  "subtasks=10 duration_seconds=2400 fired_for_seconds=600 request_id=R-1"));
}

TEST(LogSink, WhatIsWrittenIsCounted) {
  support::CapturedLog captured;
  telemetry::Registry registry;
  const auto sink = make_log_sink(registry, captured.log());
  sink->tell("production", tasks::Transition());
  sink->tell(policy::AlertChange());
  EXPECT_THAT(telemetry::render(registry, exposition::Format::text),
              testing::HasSubstr("sas_operation_notifications_total{result=\"ok\",sink=\"log\"} 2\n"));
}

}  // namespace
}  // namespace sas::alerts
