// SPDX-License-Identifier: Apache-2.0
#include "tasks/subtasks.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/subtask_builder.hpp"

namespace sas::tasks {
namespace {

using support::failed;
using support::subtask;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

SubtaskPage page(std::vector<Subtask> rows) {
  SubtaskPage page;
  page.subtasks = std::move(rows);
  return page;
}

SubtaskSummary summary_of(std::vector<Subtask> rows) {
  SubtaskTally tally;
  tally.add(page(std::move(rows)));
  return tally.take();
}

TEST(SubtaskTally, CountsEachStatusAndTakesOtherCodesForUnknown) {
  const SubtaskSummary summary = summary_of(
      {subtask("a", kNotStarted), subtask("b", kRunning), subtask("c", kComplete), subtask("d", kComplete),
       subtask("e", kTimedOut), failed("f", {}), failed("g", {}), failed("h", {}), subtask("i", 5),
       subtask("j", -1), subtask("k", kVanished), subtask("l", 2'000'000'000)});
  EXPECT_THAT(summary.by_status, ElementsAre(1, 1, 2, 1, 3, 4));
  EXPECT_EQ(summary.failures(), 3U);
  EXPECT_EQ(summary.total(), 12U);
}

TEST(SubtaskTally, TheNamesOfStatusesAreInTheOrderOfTheirCodes) {
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kNotStarted)], "not_started");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kRunning)], "running");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kComplete)], "complete");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kTimedOut)], "timed_out");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kSubtaskFailed)], "failed");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(kSubtaskFailed + 1)], "unknown");
  EXPECT_EQ(kSubtaskStatusNames[subtask_status(-1)], "unknown");
}

TEST(SubtaskTally, ASubtaskThatTwoPagesShowCountsOnce) {
  SubtaskTally tally;
  tally.add(page({failed("a", {"x"}), subtask("b", kComplete)}));
  tally.add(page({subtask("b\n", kComplete), failed("a", {"x"}), subtask("c", kComplete)}));
  const SubtaskSummary summary = tally.take();
  EXPECT_THAT(summary.by_status, ElementsAre(0, 0, 2, 0, 1, 0));
  EXPECT_THAT(summary.failed, SizeIs(1));
}

TEST(SubtaskTally, OfTwoRowsTheOneThatHasEndedCountsElseTheFirst) {
  for (const auto& [first, second, expected] :
       {std::tuple{kRunning, kSubtaskFailed, kSubtaskFailed},
        std::tuple{kSubtaskFailed, kRunning, kSubtaskFailed},
        std::tuple{kComplete, kSubtaskFailed, kComplete}, std::tuple{kRunning, kNotStarted, kRunning}}) {
    const SubtaskSummary summary = summary_of({subtask("a", first), subtask("a", second)});
    SubtaskCounts counts{};
    counts[subtask_status(expected)] = 1;
    EXPECT_EQ(summary.by_status, counts) << first << " then " << second;
    EXPECT_THAT(summary.failed, SizeIs(expected == kSubtaskFailed ? 1 : 0)) << first << " then " << second;
  }
}

TEST(SubtaskTally, ARowOfAnotherTaskCountsAsWell) {
  Subtask other = subtask("a", kComplete);
  other.task_id = "somebody else's";
  EXPECT_EQ(summary_of({other}).total(), 1U);
}

TEST(SubtaskTally, NamesTheFirstTenThatFailedAndCountsAll) {
  std::vector<Subtask> rows;
  for (int i = 0; i < 25; ++i)
    rows.push_back(failed("s-" + std::to_string(i), {"check " + std::to_string(i)}));
  const SubtaskSummary summary = summary_of(rows);
  EXPECT_EQ(summary.failures(), 25U);
  ASSERT_THAT(summary.failed, SizeIs(10));
  EXPECT_EQ(summary.failed[0], (FailedSubtask{.id = "s-0", .checks = {"check 0"}}));
  EXPECT_EQ(summary.failed[9], (FailedSubtask{.id = "s-9", .checks = {"check 9"}}));
}

TEST(SubtaskTally, NamesOfChecksAreBoundedInNumberAndLength) {
  const SubtaskSummary many = summary_of({failed("a", std::vector<std::string>(30, "x"))});
  EXPECT_THAT(many.failed.at(0).checks, SizeIs(20));
  // 200 bytes end within the 67th of these characters of three bytes each.
  std::string long_name;
  for (int i = 0; i < 100; ++i)
    long_name += "检";
  const std::string exactly(200, 'x');
  const SubtaskSummary summary =
      summary_of({failed(std::string(300, 'i'), {long_name, exactly, exactly + "y"})});
  EXPECT_EQ(summary.failed.at(0).id, std::string(200, 'i'));
  EXPECT_THAT(summary.failed.at(0).checks, ElementsAre(long_name.substr(0, 198), exactly, exactly));
}

TEST(SubtaskTally, ACheckWithoutANameIsCalledByItsId) {
  Subtask row = failed("a", {});
  row.checks = {
      {.id = 7, .show_name = ""}, {.id = std::nullopt, .show_name = ""}, {.id = 8, .show_name = "b"}};
  EXPECT_THAT(summary_of({row}).failed.at(0).checks, ElementsAre("check 7", "b"));
}

TEST(SubtaskTally, NothingCameToNothing) {
  EXPECT_EQ(summary_of({}), SubtaskSummary{});
  EXPECT_THAT(summary_of({}).failed, IsEmpty());
}

}  // namespace
}  // namespace sas::tasks
