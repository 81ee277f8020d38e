// SPDX-License-Identifier: Apache-2.0
#include "policy/completed_runs.hpp"

#include <string>

#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::kNoon;

TEST(CompletedRuns, SayNothingUntilTwentyAreKnown) {
  CompletedRuns runs;
  for (int i = 0; i < 19; ++i)
    runs.add("CHECK_ALL", kNoon, hours{1});
  EXPECT_EQ(runs.limit("CHECK_ALL"), std::nullopt);
  runs.add("CHECK_ALL", kNoon, std::nullopt);
  EXPECT_EQ(runs.limit("CHECK_ALL"), std::nullopt) << "how long it took is not known";
  runs.add("CHECK_ALL", kNoon, hours{1});
  EXPECT_EQ(runs.limit("CHECK_ALL"), hours{2});
  EXPECT_EQ(runs.limit("CHECK_ITEM"), std::nullopt);
}

TEST(CompletedRuns, TheLimitIsTwiceThe95thPercentile) {
  CompletedRuns runs;
  for (int i = 100; i > 0; --i)
    runs.add("CHECK_ALL", kNoon, minutes{i});
  EXPECT_EQ(runs.limit("CHECK_ALL"), minutes{190});
}

TEST(CompletedRuns, OneThatTookVeryLongAmongTwentyIsTheNinetyFifthsNeighbour) {
  CompletedRuns runs;
  for (int i = 0; i < 19; ++i)
    runs.add("CHECK_ALL", kNoon, minutes{20});
  runs.add("CHECK_ALL", kNoon, hours{20});
  EXPECT_EQ(runs.limit("CHECK_ALL"), minutes{40});
}

TEST(CompletedRuns, ALimitIsTenMinutesAtLeast) {
  CompletedRuns runs;
  for (int i = 0; i < 20; ++i)
    runs.add("CHECK_ITEM", kNoon, minutes{1});
  EXPECT_EQ(runs.limit("CHECK_ITEM"), minutes{10});
}

TEST(CompletedRuns, OnlyTheLatestCount) {
  CompletedRuns runs;
  for (std::size_t i = 0; i < CompletedRuns::kKept; ++i)
    runs.add("CHECK_ALL", kNoon, hours{10});
  for (std::size_t i = 0; i < CompletedRuns::kKept; ++i)
    runs.add("CHECK_ALL", kNoon, hours{1});
  EXPECT_EQ(runs.limit("CHECK_ALL"), hours{2});
  EXPECT_EQ(runs.by_type().at("CHECK_ALL").durations.size(), CompletedRuns::kKept);
}

TEST(CompletedRuns, TheLastIsTheLatestWhateverTheOrder) {
  CompletedRuns runs;
  EXPECT_EQ(runs.last("CHECK_ALL"), std::nullopt);
  runs.add("CHECK_ALL", kNoon + hours{1}, std::nullopt);
  runs.add("CHECK_ALL", kNoon, std::nullopt);
  EXPECT_EQ(runs.last("CHECK_ALL"), kNoon + hours{1});
}

TEST(CompletedRuns, TypesWithoutEndAreNotLearned) {
  CompletedRuns runs;
  for (std::size_t i = 0; i < 2 * CompletedRuns::kTypes; ++i)
    runs.add(std::to_string(i), kNoon, hours{1});
  EXPECT_EQ(runs.by_type().size(), CompletedRuns::kTypes);
}

}  // namespace
}  // namespace sas::policy
