// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/task_life.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "simulator/tests/worlds.hpp"
#include "simulator/world/subtasks.hpp"

namespace sas::simulator {
namespace {

TaskLife life_with(const Workload& workload, std::uint64_t seed = 1) {
  return decide_life(rules_with({workload}), 0, seed, 0, kStart);
}

Workload ending(Ending how) {
  Workload workload = steady(1);
  workload.endings.fill(0);
  workload.endings[static_cast<std::size_t>(how)] = 1;
  return workload;
}

TEST(TaskLife, WaitsRunsAndEnds) {
  const TaskLife life = life_with(steady(1));
  EXPECT_EQ(status_at(life, kStart), kNotStarted);
  EXPECT_EQ(status_at(life, after(10) - Milliseconds{1}), kNotStarted);
  EXPECT_EQ(status_at(life, after(10)), kRunning);
  EXPECT_EQ(status_at(life, after(110) - Milliseconds{1}), kRunning);
  EXPECT_EQ(status_at(life, after(110)), kComplete);
}

TEST(TaskLife, ACompleteTaskHasFinishedAll) {
  const Row row = row_at(life_with(steady(1)), rules_with({steady(1)}), after(110));
  EXPECT_EQ(row.finish_count, row.total_count);
  EXPECT_EQ(row.detail_task_ready_count, row.detail_task_total_count);
}

TEST(TaskLife, ATimedOutTaskHasNotFinishedAll) {
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const Workload workload = ending(Ending::timed_out);
    const Row row = row_at(life_with(workload, seed), rules_with({workload}), after(110));
    EXPECT_EQ(row.status_code, kTimedOut);
    EXPECT_LT(row.finish_count, row.total_count);
    EXPECT_GT(row.finish_count, 0);
  }
}

TEST(TaskLife, MayTimeOutWithoutHavingStarted) {
  const TaskLife life = life_with(ending(Ending::timed_out_waiting));
  EXPECT_EQ(status_at(life, after(9)), kNotStarted);
  EXPECT_EQ(status_at(life, after(10)), kTimedOut);
  EXPECT_EQ(row_at(life, rules_with({steady(1)}), after(10)).start_time, std::nullopt);
}

TEST(TaskLife, MayNeverStartOrNeverEnd) {
  EXPECT_EQ(status_at(life_with(ending(Ending::never_starts)), after(1'000'000'000)), kNotStarted);
  const TaskLife stuck = life_with(ending(Ending::never_ends));
  EXPECT_EQ(status_at(stuck, after(1'000'000'000)), kRunning);
  EXPECT_EQ(progress_at(stuck, after(1'000'000'000)), 0.5);
  EXPECT_EQ(next_step(stuck, after(20)), kNever);
}

TEST(TaskLife, StallsWhereAndAsLongAsItsRulesSay) {
  Workload workload = steady(1);
  workload.stall_probability = 1;
  workload.stall_at = 0.25;
  workload.stall_for = {Milliseconds{50'000}, Milliseconds{50'000}};
  const TaskLife life = life_with(workload);
  const Time begins = time_of_progress(life, 0.25);
  EXPECT_DOUBLE_EQ(progress_at(life, begins), 0.25);
  EXPECT_DOUBLE_EQ(progress_at(life, begins + Milliseconds{50'000}), 0.25);
  EXPECT_GT(progress_at(life, begins + Milliseconds{51'000}), 0.25);
  EXPECT_EQ(status_at(life, after(160)), kComplete);  // 10 s of waiting, 100 s of running, 50 s of stalling
}

TEST(TaskLife, ProgressNeverFallsAndAgreesWithTheSubtasks) {
  const WorldRules rules = lively();
  for (std::int64_t number = 0; number < 60; ++number) {
    const TaskLife life = decide_life(rules, 1, 5, number, kStart);
    Row before = row_at(life, rules, kStart);
    for (std::int64_t second = 0; second < 1'500; second += 13) {
      const Row row = row_at(life, rules, after(second));
      ASSERT_GE(row.finish_count, before.finish_count);
      ASSERT_LE(row.finish_count, row.total_count);
      const auto subtasks = subtasks_at(life, rules, after(second));
      const auto done = std::count_if(subtasks.begin(), subtasks.end(), [](const Subtask& subtask) {
        return subtask.status_code == kComplete || subtask.status_code == kFailed;
      });
      ASSERT_EQ(done, row.detail_task_ready_count) << number << " at " << second;
      before = row;
    }
  }
}

TEST(TaskLife, TellsTheTimesThatHaveComeAndNoOthers) {
  const TaskLife life = life_with(steady(1));
  WorldRules rules = rules_with({steady(1)});
  EXPECT_EQ(row_at(life, rules, after(9)).start_time, std::nullopt);
  EXPECT_EQ(row_at(life, rules, after(10)).start_time, after(10));
  EXPECT_EQ(row_at(life, rules, after(10)).end_time, std::nullopt);
  EXPECT_EQ(row_at(life, rules, after(110)).end_time, after(110));
  rules.unfinished_times = UnfinishedTimes::planned;
  EXPECT_EQ(row_at(life, rules, after(10)).end_time, after(110));
}

TEST(Subtasks, TheOneThatRunsWhenATaskTimesOutTimesOutToo) {
  const Workload workload = ending(Ending::timed_out);
  const auto subtasks = subtasks_at(life_with(workload), rules_with({workload}), after(110));
  const auto count = [&](StatusCode code) {
    return std::count_if(subtasks.begin(), subtasks.end(),
                         [code](const Subtask& s) { return s.status_code == code; });
  };
  EXPECT_EQ(count(kTimedOut), 1);
  EXPECT_EQ(count(kRunning), 0);
  EXPECT_GE(count(kNotStarted) + count(kComplete), 1);
}

// The states one after the other, as lists show them; -1: in none.
std::vector<StatusCode> states(const TaskLife& life) {
  std::vector<StatusCode> found;
  for (Time at = life.created; at != kNever; at = next_step(life, at))
    found.push_back(status_at(life, at).value_or(-1));
  return found;
}

TEST(TaskLife, MayGoOddWays) {
  using Odd = std::pair<Ending, std::vector<StatusCode>>;
  for (const auto& [how, expected] :
       {Odd{Ending::late_completion, {0, 1, 3, 2}}, Odd{Ending::reopened, {0, 1, 2, 1, 2}},
        Odd{Ending::requeued, {0, 1, 0, 1, 2}}, Odd{Ending::unknown_between, {0, 1, 7, 2}},
        Odd{Ending::vanishes, {0, 1, -1}}, Odd{Ending::vanishes_waiting, {0, -1}},
        Odd{Ending::comes_back, {0, 1, -1, 1, 2}}}) {
    EXPECT_EQ(states(life_with(ending(how))), expected) << static_cast<int>(how);
  }
}

TEST(TaskLife, IsForgottenAfterItsLastEndOnly) {
  WorldRules rules = rules_with({ending(Ending::late_completion)});
  rules.forget_after = Milliseconds{5'000};
  const TaskLife life = decide_life(rules, 0, 1, 0, kStart);
  EXPECT_EQ(states(life), (std::vector<StatusCode>{0, 1, 3, 2, -1}));
}

TEST(TaskLife, MayHaveOddNumbers) {
  Workload odd = steady(1);
  odd.progress_falls = odd.totals_grow = odd.clock_ahead = 1;
  odd.items = {100, 100};
  const WorldRules rules = rules_with({odd});
  const TaskLife life = life_with(odd);
  const auto at = [&](int seconds) { return row_at(life, rules, after(seconds)); };
  EXPECT_LT(at(60).finish_count, at(40).finish_count) << "it runs from 10 to 110";
  EXPECT_LT(at(40).total_count, at(60).total_count);
  EXPECT_EQ(at(110).total_count, 100);
  EXPECT_EQ(at(110).finish_count, 100);
  EXPECT_EQ(at(60).start_time, life.started + std::chrono::minutes{10});
  EXPECT_EQ(at(60).create_time, life.created + std::chrono::minutes{10});
}

}  // namespace
}  // namespace sas::simulator
