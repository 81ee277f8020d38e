// SPDX-License-Identifier: Apache-2.0
#include "tasks/durations.hpp"

#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::tasks {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::complete;
using support::kNoon;
using support::running;

TEST(Durations, RunFromStartToEnd) {
  EXPECT_EQ(run_duration(complete("a").started(kNoon).ended(kNoon + minutes{9}), kNoon + hours{1}),
            minutes{9});
}

TEST(Durations, RunFallsBackToCreationAndToWhenTheEndWasSeen) {
  EXPECT_EQ(run_duration(complete("a").created(kNoon), kNoon + hours{1}), hours{1});
}

TEST(Durations, NoBeginningOrAnEndBeforeItGivesNone) {
  EXPECT_FALSE(run_duration(complete("a").no_creation(), kNoon));
  EXPECT_FALSE(run_duration(complete("a").started(kNoon).ended(kNoon - minutes{1}), kNoon));
}

TEST(Durations, RunningForCountsFromStartThenCreationThenFirstSight) {
  EXPECT_EQ(running_for(running("a").started(kNoon), kNoon, kNoon + minutes{5}), minutes{5});
  EXPECT_EQ(running_for(running("a").created(kNoon - hours{1}), kNoon, kNoon), hours{1});
  EXPECT_EQ(running_for(running("a").no_creation(), kNoon, kNoon + minutes{2}), minutes{2});
  EXPECT_EQ(running_for(running("a").started(kNoon + hours{1}), kNoon, kNoon), minutes{0});
}

}  // namespace
}  // namespace sas::tasks
