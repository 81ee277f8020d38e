// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/situation.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using support::kNoon;
using support::Scene;
using support::seen_at_noon;
using testing::ElementsAre;
using testing::IsEmpty;

AlertLimits limits() {
  AlertLimits limits;
  limits.stalled_after = minutes{30};
  limits.not_started_after = minutes{20};
  limits.running_longer_than = hours{6};
  limits.ended_for = hours{1};
  limits.poll_failing_after = minutes{5};
  limits.credentials_expiring_within = minutes{10};
  limits.contract_drift_for = hours{1};
  return limits;
}

tasks::SubtaskSummary with_failures(std::uint64_t count) {
  tasks::SubtaskSummary summary;
  summary.by_status = {0, 0, 7, 0, count, 0};
  return summary;
}

TEST(AlertRules, ATaskThatDoesNotStartFiresAtItsLimit) {
  const Scene scene(seen_at_noon(support::not_started("a")));
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{20} - milliseconds{1}), IsEmpty());
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{20}), ElementsAre("not_started a"));
}

TEST(AlertRules, WithoutACreationTimeTheFirstSightCounts) {
  const Scene scene(seen_at_noon(support::not_started("a").no_creation()));
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{20}), ElementsAre("not_started a"));
}

TEST(AlertRules, NoProgressOnEitherAxisStalls) {
  auto task = seen_at_noon(support::running("a"));
  EXPECT_THAT(Scene(task).holding(limits(), kNoon + minutes{30}), ElementsAre("stalled a"));
  task.subtasks_progressed = kNoon + minutes{1};
  EXPECT_THAT(Scene(task).holding(limits(), kNoon + minutes{30}), IsEmpty());
}

TEST(AlertRules, RunningForTooLongFiresWhateverTheProgress) {
  auto task = seen_at_noon(support::running("a").started(kNoon - hours{5}));
  task.items_progressed = kNoon + hours{1};
  EXPECT_THAT(Scene(task).holding(limits(), kNoon + hours{1}), ElementsAre("running_longer_than a"));
}

TEST(AlertRules, WhatWasLearnedOfItsTypeCountsWhereItIsShorter) {
  auto task = seen_at_noon(support::running("a").started(kNoon));
  task.items_progressed = kNoon + hours{1};
  Scene scene(task);
  for (std::size_t i = 0; i < CompletedRuns::kEnough; ++i)
    scene.runs.add("CHECK_ALL", kNoon, minutes{30});
  EXPECT_THAT(scene.holding(limits(), kNoon + hours{1}), IsEmpty()) << "learning is off";
  AlertLimits learning = limits();
  learning.learn_durations = true;
  EXPECT_THAT(scene.holding(learning, kNoon + hours{1} - milliseconds{1}), IsEmpty());
  EXPECT_THAT(scene.holding(learning, kNoon + hours{1}), ElementsAre("running_longer_than a"));
  learning.running_longer_than = {};
  EXPECT_THAT(scene.holding(learning, kNoon + hours{1}), ElementsAre("running_longer_than a"));
  learning.running_longer_than = minutes{59};
  const auto found = conditions(scene.situation(), learning, kNoon + hours{1});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].evidence.limit, minutes{59});
}

TEST(AlertRules, EachTypeHasALimitOfItsOwn) {
  Scene scene;
  for (const char* type : {"CHECK_ALL", "CHECK_ITEM", "CHECK_ALL"}) {
    const std::string id = std::string(type) + std::to_string(scene.table.size());
    scene.table.insert(seen_at_noon(support::running(id).type(type).started(kNoon)));
  }
  for (std::size_t i = 0; i < CompletedRuns::kEnough; ++i)
    scene.runs.add("CHECK_ITEM", kNoon, minutes{6});
  AlertLimits learning = limits();
  learning.learn_durations = true;
  EXPECT_THAT(scene.holding(learning, kNoon + minutes{12}), ElementsAre("running_longer_than CHECK_ITEM1"));
}

TEST(AlertRules, ATimeOutIsWorthAnAlertForAWhile) {
  const Scene scene(seen_at_noon(support::timed_out("a").ended(kNoon - minutes{30})));
  EXPECT_THAT(scene.holding(limits(), kNoon), ElementsAre("timed_out a"));
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{30}), IsEmpty());
}

TEST(AlertRules, ATimeOutTellsWhatBecameOfItsSubtasksWhereThatIsKnown) {
  Scene scene(seen_at_noon(support::timed_out("a").ended(kNoon)));
  EXPECT_EQ(conditions(scene.situation(), limits(), kNoon).at(0).tracked->subtasks, nullptr);
  scene.table.set_subtasks(0, with_failures(3));
  EXPECT_EQ(*conditions(scene.situation(), limits(), kNoon).at(0).tracked->subtasks, with_failures(3));
}

TEST(AlertRules, FailedSubtasksOfACompleteTaskFireForAWhile) {
  Scene scene(seen_at_noon(support::complete("a").ended(kNoon)));
  EXPECT_THAT(scene.holding(limits(), kNoon), IsEmpty()) << "nobody knows yet";
  scene.table.set_subtasks(0, with_failures(0));
  EXPECT_THAT(scene.holding(limits(), kNoon), IsEmpty());
  scene.table.set_subtasks(0, with_failures(1));
  EXPECT_THAT(scene.holding(limits(), kNoon), ElementsAre("completed_with_failures a"));
  EXPECT_THAT(scene.holding(limits(), kNoon + hours{1}), IsEmpty());
}

TEST(AlertRules, CompleteAndUnknownTasksAreQuiet) {
  EXPECT_THAT(Scene(seen_at_noon(support::complete("a"))).holding(limits(), kNoon + hours{100}), IsEmpty());
  EXPECT_THAT(Scene(seen_at_noon(support::TaskBuilder("a").status(9))).holding(limits(), kNoon + hours{100}),
              IsEmpty());
}

TEST(AlertRules, AnExpectedCheckIsMissingWhenTheLastOneIsTooLongAgo) {
  Scene scene;
  scene.watched_since = kNoon;
  scene.runs.add("CHECK_SCHEDULE", kNoon, std::nullopt);
  AlertLimits expecting = limits();
  expecting.expect = {{.task_type = "CHECK_SCHEDULE", .within = hours{48}}};
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{48} - milliseconds{1}), IsEmpty());
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{48}),
              ElementsAre("expected_check_missing CHECK_SCHEDULE"));
  scene.runs.add("CHECK_SCHEDULE", kNoon + hours{48}, std::nullopt);
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{49}), IsEmpty());
}

TEST(AlertRules, AnExpectedCheckThatNeverCompletedIsMissingOnceItCouldHaveBeenSeen) {
  Scene scene;
  AlertLimits expecting = limits();
  expecting.expect = {{.task_type = "CHECK_SCHEDULE", .within = hours{48}}};
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{480}), IsEmpty()) << "nobody has looked yet";
  scene.watched_since = kNoon;
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{47}), IsEmpty());
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{48}),
              ElementsAre("expected_check_missing CHECK_SCHEDULE"));
}

TEST(AlertRules, ATargetThatDoesNotWatchATypeDoesNotMissIt) {
  Scene scene;
  scene.watched_since = kNoon;
  scene.watched_types = {"CHECK_ITEM"};
  AlertLimits expecting = limits();
  expecting.expect = {{.task_type = "CHECK_SCHEDULE", .within = hours{48}},
                      {.task_type = "CHECK_ITEM", .within = hours{1}}};
  EXPECT_THAT(scene.holding(expecting, kNoon + hours{48}), ElementsAre("expected_check_missing CHECK_ITEM"));
}

TEST(AlertRules, PollsThatFailForLongEnoughFireWithTheirCause) {
  Scene scene;
  scene.trouble = {.since = kNoon, .failure = PollFailure::auth, .detail = "key: unknown"};
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{5} - milliseconds{1}), IsEmpty());
  const auto found = conditions(scene.situation(), limits(), kNoon + minutes{5});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].alert, Alert::poll_failing);
  EXPECT_EQ(found[0].evidence.cause, "auth");
  EXPECT_EQ(found[0].evidence.detail, "key: unknown");
  EXPECT_EQ(found[0].evidence.moment, kNoon);
}

TEST(AlertRules, AKeyThatIsNotRenewedExpires) {
  Scene scene;
  scene.key = {.has_signed = true, .expires = kNoon + minutes{10}, .renewal_failed = true};
  EXPECT_THAT(scene.holding(limits(), kNoon - milliseconds{1}), IsEmpty());
  EXPECT_THAT(scene.holding(limits(), kNoon), ElementsAre("credentials_expiring"));
  scene.key.renewal_failed = false;
  EXPECT_THAT(scene.holding(limits(), kNoon), IsEmpty()) << "it is about to be renewed";
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{10}), ElementsAre("credentials_expiring"));
  scene.key.expires.reset();
  EXPECT_THAT(scene.holding(limits(), kNoon + minutes{10}), IsEmpty()) << "a long-lived key";
}

TEST(AlertRules, ABreachOfTheContractIsWorthAnAlertForAWhile) {
  Scene scene;
  scene.drift = {.last = kNoon, .fields = {"StatusCode", "TaskType"}};
  EXPECT_THAT(scene.holding(limits(), kNoon), ElementsAre("contract_drift"));
  EXPECT_EQ(conditions(scene.situation(), limits(), kNoon).at(0).evidence.detail, "StatusCode, TaskType");
  EXPECT_THAT(scene.holding(limits(), kNoon + hours{1}), IsEmpty());
}

TEST(AlertRules, AZeroLimitSwitchesARuleOff) {
  Scene scene(seen_at_noon(support::running("a")));
  scene.table.insert(seen_at_noon(support::not_started("b")));
  scene.trouble = {.since = kNoon, .failure = PollFailure::auth, .detail = {}};
  scene.key = {.has_signed = true, .expires = kNoon, .renewal_failed = true};
  scene.drift = {.last = kNoon, .fields = {"StatusCode"}};
  EXPECT_THAT(scene.holding({}, kNoon + hours{100}), IsEmpty());
  EXPECT_THAT(scene.holding({}, kNoon), IsEmpty());
}

TEST(AlertRules, ASilencedAlertDoesNotHold) {
  Scene scene(seen_at_noon(support::running("a").type("CHECK_ITEM")));
  scene.table.insert(seen_at_noon(support::running("b")));
  AlertLimits quiet = limits();
  quiet.silences = {{.alert = "stalled", .target = "production", .task_type = "CHECK_ITEM"}};
  EXPECT_THAT(scene.holding(quiet, kNoon + minutes{30}), ElementsAre("stalled b"));
  quiet.silences = {{.alert = "stalled", .target = "staging", .task_type = {}}};
  EXPECT_THAT(scene.holding(quiet, kNoon + minutes{30}), ElementsAre("stalled a", "stalled b"));
  quiet.silences = {{.alert = {}, .target = "production", .task_type = {}}};
  EXPECT_THAT(scene.holding(quiet, kNoon + minutes{30}), IsEmpty());
}

}  // namespace
}  // namespace sas::policy
