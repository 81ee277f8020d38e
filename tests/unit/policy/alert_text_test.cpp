// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_text.hpp"

#include <algorithm>
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/alert_builder.hpp"

namespace sas::policy {
namespace {

using namespace std::chrono_literals;
using support::firing;
using support::kNoon;
using support::seen_at_noon;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

struct Case {
  std::string name;
  AlertChange change;
  std::string summary;
  std::string description;
};

void PrintTo(const Case& given, std::ostream* out) {
  *out << given.name;
}

AlertChange at(Milliseconds after_noon, AlertChange change) {
  change.since = change.at = kNoon + after_noon;
  return change;
}

tasks::TrackedTask halfway() {
  return seen_at_noon(
      support::running("3d7a\n").type("CHECK_POLICY").items(197, 337).subtasks(5, 10).started(kNoon - 90min));
}

tasks::SubtaskSummary failures(std::uint64_t failed, std::vector<tasks::FailedSubtask> named) {
  return {.by_status = {0, 0, 4, 0, failed, 0}, .failed = std::move(named)};
}

std::vector<Case> of_tasks() {
  const tasks::TrackedTask waiting = seen_at_noon(support::not_started("w").created(kNoon - 45min));
  const tasks::TrackedTask expired =
      seen_at_noon(support::timed_out("t").items(3, 9).started(kNoon - 2h).ended(kNoon - 30min));
  const tasks::TrackedTask done = seen_at_noon(support::complete("c").started(kNoon - 61s).ended(kNoon));
  return {
      {"stalled", at(30min + 500ms, firing(Alert::stalled, "3d7a\n", {.tracked = halfway(), .limit = 30min})),
       "Task 3d7a (CHECK_POLICY) of production makes no progress",
       "Neither its items nor its subtasks have moved since 2026-01-02T12:00:00Z; it has been running for "
       "2h. The "
       "limit is 30m. Done: 197 of 337 items and 5 of 10 subtasks."},
      {"not_started", firing(Alert::not_started, "w", {.tracked = waiting, .limit = 30min}),
       "Task w (CHECK_ALL) of production does not start",
       "It was created at 2026-01-02T11:15:00Z and has not started. The limit is 30m."},
      {"running_longer_than",
       at(6h, firing(Alert::running_longer_than, "3d7a\n", {.tracked = halfway(), .limit = 6h + 1s})),
       "Task 3d7a (CHECK_POLICY) of production runs for too long",
       "It has been running for 7h30m. The limit is 6h1s. Done: 197 of 337 items and 5 of 10 subtasks."},
      {"timed_out",
       firing(Alert::timed_out, "t",
              {.tracked = support::with_subtasks(
                   expired, failures(2, {{.id = "d-7", .checks = {"MFA", "Audit log"}}}))}),
       "Task t (CHECK_ALL) of production timed out",
       "It ended at 2026-01-02T11:30:00Z, after 1h30m. Done: 3 of 9 items. 2 subtasks failed, the first of "
       "them: "
       "d-7: MFA, Audit log."},
      {"completed_with_failures",
       firing(Alert::completed_with_failures, "c",
              {.tracked = support::with_subtasks(done, failures(1, {{.id = "d-9", .checks = {"MFA"}}}))}),
       "Task c (CHECK_ALL) of production completed with failed subtasks",
       "It ended at 2026-01-02T12:00:00Z, after 1m1s. 1 subtask failed: d-9: MFA."},
      {"resolved task",
       support::resolved(firing(Alert::stalled, "3d7a\n", {.tracked = halfway(), .limit = 30min})),
       "Resolved: Task 3d7a (CHECK_POLICY) of production makes no progress",
       "It fired from 2026-01-02T12:00:00Z to 2026-01-02T12:10:00Z, for 10m. The task was last seen as "
       "running. "
       "Done: 197 of 337 items and 5 of 10 subtasks."},
  };
}

std::vector<Case> of_types_and_targets() {
  return {
      {"expected_check_missing",
       firing(Alert::expected_check_missing, "CHECK_SCHEDULE",
              {.task_type = "CHECK_SCHEDULE", .moment = kNoon - 72h, .limit = 48h}),
       "No CHECK_SCHEDULE of production has completed within 2d",
       "The last one completed at 2025-12-30T12:00:00Z. The limit is 2d."},
      {"expected_check_never_seen",
       firing(Alert::expected_check_missing, "CHECK_SCHEDULE", {.task_type = "CHECK_SCHEDULE", .limit = 48h}),
       "No CHECK_SCHEDULE of production has completed within 2d",
       "None has completed since it is watched. The limit is 2d."},
      {"poll_failing",
       firing(Alert::poll_failing, "",
              {.cause = "auth", .detail = "key: unknown access key", .moment = kNoon - 5min, .limit = 5min}),
       "The tasks of production cannot be read",
       "No poll has completed since 2026-01-02T11:55:00Z. Cause: auth. key: unknown access key."},
      {"credentials_expiring",
       firing(Alert::credentials_expiring, "", {.moment = kNoon + 9min, .limit = 10min}),
       "The key of production expires, and there is no new one",
       "It expires at 2026-01-02T12:09:00Z, and no new one could be had."},
      {"credentials_expired", firing(Alert::credentials_expiring, "", {.moment = kNoon, .limit = 10min}),
       "The key of production expires, and there is no new one",
       "It expired at 2026-01-02T12:00:00Z, and no new one could be had."},
      {"contract_drift",
       firing(Alert::contract_drift, "", {.detail = "status_code, task_type", .moment = kNoon, .limit = 1h}),
       "Security Center does not answer production as it documents",
       "What does not fit: status_code, task_type. Last seen at 2026-01-02T12:00:00Z."},
      {"resolved target", support::resolved(firing(Alert::poll_failing, "", {.cause = "auth"})),
       "Resolved: The tasks of production cannot be read",
       "It fired from 2026-01-02T12:00:00Z to 2026-01-02T12:10:00Z, for 10m."},
  };
}

std::string name_of(const testing::TestParamInfo<Case>& given) {
  std::string name = given.param.name;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

class AlertText : public testing::TestWithParam<Case> {};

TEST_P(AlertText, SaysWhatIsKnown) {
  const Wording wording = describe(GetParam().change);
  EXPECT_EQ(wording.summary, GetParam().summary);
  EXPECT_EQ(wording.description, GetParam().description);
}

INSTANTIATE_TEST_SUITE_P(OfTasks, AlertText, testing::ValuesIn(of_tasks()), name_of);
INSTANTIATE_TEST_SUITE_P(OfTypesAndTargets, AlertText, testing::ValuesIn(of_types_and_targets()), name_of);

TEST(AlertLabels, OfATaskNameItAsItIsShown) {
  EXPECT_THAT(
      labels(firing(Alert::stalled, "3d7a\n", {.tracked = halfway()})),
      ElementsAre(Pair("alertname", "SasTaskStalled"), Pair("severity", "warning"),
                  Pair("target", "production"), Pair("task_id", "3d7a"), Pair("task_type", "CHECK_POLICY")));
}

TEST(AlertLabels, OfATypeAndOfATargetHaveNoTask) {
  EXPECT_THAT(labels(firing(Alert::expected_check_missing, "CHECK_ALL", {.task_type = "CHECK_ALL"})),
              ElementsAre(Pair("alertname", "SasExpectedCheckMissing"), Pair("severity", "critical"),
                          Pair("target", "production"), Pair("task_type", "CHECK_ALL")));
  EXPECT_THAT(labels(firing(Alert::contract_drift, "")),
              ElementsAre(Pair("alertname", "SasContractDrift"), Pair("severity", "info"),
                          Pair("target", "production")));
}

TEST(AlertLabels, StayWhenTheCauseChanges) {
  EXPECT_EQ(
      labels(firing(Alert::poll_failing, "", {.cause = "auth"})),
      labels(support::resolved(firing(Alert::poll_failing, "", {.cause = "network", .detail = "gone"}))));
}

TEST(AlertWording, ARunbookIsNamedByItsAlertBehindThePrefix) {
  EXPECT_EQ(runbook_url("https://example.com/runbooks/", Alert::running_longer_than),
            "https://example.com/runbooks/SasTaskRunningLong.md");
  EXPECT_EQ(runbook_url("", Alert::stalled), "");
}

TEST(AlertWording, AnAlertFromBeforeARestartReadsAsWhenItBegan) {
  const AlertChange told =
      at(30min, firing(Alert::stalled, "3d7a\n", {.tracked = halfway(), .limit = 30min}));
  const AlertChange recalled =
      began("production",
            {.alert = told.alert, .subject = told.subject, .evidence = told.evidence, .since = told.since});
  EXPECT_EQ(describe(recalled).description, describe(told).description);
  EXPECT_EQ(labels(recalled), labels(told));
}

TEST(AlertWording, WhatTheServiceDoesNotTellIsLeftOut) {
  AlertChange change = support::stalled("a");
  change.evidence.tracked->task.type.clear();
  EXPECT_EQ(describe(change).summary, "Task a of production makes no progress");
  EXPECT_THAT(describe(change).description, Not(HasSubstr("Done")));
  change.evidence.tracked->task.finish_count = 7;
  EXPECT_THAT(describe(change).description, HasSubstr("Done: 7 items."));
}

}  // namespace
}  // namespace sas::policy
