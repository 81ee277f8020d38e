// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr AlertLimits kLimits{.stalled_after = minutes{30},
                              .not_started_after = minutes{20},
                              .running_longer_than = hours{6},
                              .timed_out_for = hours{1}};

tasks::TrackedTask seen_first_at_noon(tasks::Task task) {
  return {.task = std::move(task),
          .first_seen = kNoon,
          .last_seen = kNoon,
          .items_progressed = kNoon,
          .subtasks_progressed = kNoon,
          .status_changed = kNoon,
          .seen_in = 1};
}

TEST(AlertRules, ATaskThatDoesNotStartFiresAtItsLimit) {
  const auto task = seen_first_at_noon(support::not_started("a"));
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{20} - milliseconds{1}), IsEmpty());
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{20}), ElementsAre(Alert::not_started));
}

TEST(AlertRules, WithoutACreationTimeTheFirstSightCounts) {
  const auto task = seen_first_at_noon(support::not_started("a").no_creation());
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{20}), ElementsAre(Alert::not_started));
}

TEST(AlertRules, NoProgressOnEitherAxisStalls) {
  auto task = seen_first_at_noon(support::running("a"));
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{30}), ElementsAre(Alert::stalled));
  task.subtasks_progressed = kNoon + minutes{1};
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{30}), IsEmpty());
}

TEST(AlertRules, RunningForTooLongFiresWhateverTheProgress) {
  auto task = seen_first_at_noon(support::running("a").started(kNoon - hours{5}));
  task.items_progressed = kNoon + hours{1};
  EXPECT_THAT(holding(task, kLimits, kNoon + hours{1}), ElementsAre(Alert::running_longer_than));
}

TEST(AlertRules, ATimeOutIsWorthAnAlertForAWhile) {
  const auto task = seen_first_at_noon(support::timed_out("a").ended(kNoon - minutes{30}));
  EXPECT_THAT(holding(task, kLimits, kNoon), ElementsAre(Alert::timed_out));
  EXPECT_THAT(holding(task, kLimits, kNoon + minutes{30}), IsEmpty());
}

TEST(AlertRules, CompleteAndUnknownTasksAreQuiet) {
  EXPECT_THAT(holding(seen_first_at_noon(support::complete("a")), kLimits, kNoon + hours{100}), IsEmpty());
  EXPECT_THAT(holding(seen_first_at_noon(support::TaskBuilder("a").status(9)), kLimits, kNoon + hours{100}),
              IsEmpty());
}

TEST(AlertRules, AZeroLimitSwitchesARuleOff) {
  EXPECT_THAT(holding(seen_first_at_noon(support::running("a")), {}, kNoon + hours{100}), IsEmpty());
  EXPECT_THAT(holding(seen_first_at_noon(support::not_started("a")), {}, kNoon + hours{100}), IsEmpty());
}

}  // namespace
}  // namespace sas::policy
