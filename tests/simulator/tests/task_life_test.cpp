// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/task_life.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "simulator/tests/worlds.hpp"
#include "simulator/world/decide_life.hpp"
#include "simulator/world/subtasks.hpp"

namespace sas::simulator {
namespace {

TaskLife life_with(const Workload& workload, std::uint64_t seed = 1) {
  return decide_life(rules_with({workload}), 0, seed, 0, kStart);
}

Workload ending(Ending how) {
  Workload workload = steady(1);
  workload.endings = only(how);
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
  const Time begins = time_of_progress(life, 0.25, after(160));
  EXPECT_DOUBLE_EQ(progress_at(life, begins), 0.25);
  EXPECT_DOUBLE_EQ(progress_at(life, begins + Milliseconds{50'000}), 0.25);
  EXPECT_GT(progress_at(life, begins + Milliseconds{51'000}), 0.25);
  EXPECT_EQ(status_at(life, after(160)), kComplete);  // 10 s of waiting, 100 s of running, 50 s of stalling
}

TEST(TaskLife, ProgressNeverFalls) {
  const WorldRules rules = lively();
  for (std::int64_t number = 0; number < 60; ++number) {
    const TaskLife life = decide_life(rules, 1, 5, number, kStart);
    Row before = row_at(life, rules, kStart);
    for (std::int64_t second = 0; second < 1'500; second += 13) {
      const Row row = row_at(life, rules, after(second));
      ASSERT_GE(row.finish_count, before.finish_count);
      ASSERT_LE(row.finish_count, row.total_count);
      before = row;
    }
  }
}

TEST(TaskLife, AgreesWithItsSubtasksHoweverOddItIs) {
  const WorldRules rules = odd();
  for (std::int64_t number = 0; number < 120; ++number) {
    const TaskLife life = decide_life(rules, 1, 5, number, kStart);
    for (std::int64_t second = 0; second < 1'500; second += 13) {
      const Row row = row_at(life, rules, after(second));
      const auto subtasks = subtasks_at(life, rules, after(second));
      const auto done = std::count_if(subtasks.begin(), subtasks.end(), [](const Subtask& subtask) {
        return subtask.status_code == kComplete || subtask.status_code == kFailed;
      });
      ASSERT_EQ(subtasks.size(), row.detail_task_total_count);
      ASSERT_EQ(done, row.detail_task_ready_count) << number << " at " << second;
      for (const Subtask& subtask : subtasks) {
        ASSERT_LE(subtask.start_time.value_or(kStart), subtask.end_time.value_or(kNever));
        ASSERT_LE(subtask.end_time.value_or(kStart), after(second) + life.clock_ahead);
      }
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

TEST(TaskLife, CompletesWithAllItsWorkDoneByWhateverWay) {
  for (const Ending how : {Ending::late_completion, Ending::reopened, Ending::requeued,
                           Ending::unknown_between, Ending::comes_back}) {
    const TaskLife life = life_with(ending(how));
    Time last = life.created;
    for (Time at = last; at != kNever; at = next_step(life, at))
      last = at;
    const Row row = row_at(life, rules_with({ending(how)}), last);
    EXPECT_EQ(row.status_code, kComplete);
    EXPECT_EQ(row.finish_count, row.total_count) << static_cast<int>(how);
    EXPECT_EQ(row.end_time, last);
    if (how == Ending::reopened) continue;
    const Row before = row_at(life, rules_with({ending(how)}), last - Milliseconds{2'000});
    EXPECT_LT(before.finish_count, before.total_count) << static_cast<int>(how);
  }
}

TEST(TaskLife, RunsFromTheBeginningAgainWhenItWasRequeued) {
  WorldRules rules = rules_with({ending(Ending::requeued)});
  rules.unfinished_times = UnfinishedTimes::planned;
  const TaskLife life = life_with(rules.workloads[0]);
  EXPECT_GT(row_at(life, rules, after(109)).finish_count, 0);
  const Row waiting = row_at(life, rules, after(110));  // until 120, and then it runs until 130
  EXPECT_EQ(waiting.finish_count, 0);
  EXPECT_EQ(waiting.start_time, std::nullopt);
  EXPECT_EQ(waiting.end_time, std::nullopt);
  const Row running = row_at(life, rules, after(125));
  EXPECT_EQ(running.finish_count, 50);
  EXPECT_EQ(running.start_time, after(120));
  EXPECT_EQ(running.end_time, after(130));
}

TEST(TaskLife, MayLoseItemsForAWhile) {
  Workload falling = steady(1);
  falling.progress_falls = 1;
  const TaskLife life = life_with(falling);
  std::int64_t falls = 0;
  Row before = row_at(life, rules_with({falling}), kStart);
  for (std::int64_t second = 1; second < 200; ++second) {
    const Row row = row_at(life, rules_with({falling}), after(second));
    if (row.finish_count < before.finish_count) ++falls;
    ASSERT_GE(row.detail_task_ready_count, before.detail_task_ready_count);
    before = row;
  }
  EXPECT_EQ(falls, 1);
  EXPECT_EQ(before.finish_count, before.total_count);
}

TEST(TaskLife, MayGrowWhileItRuns) {
  Workload growing = steady(1);
  growing.totals_grow = 1;
  const TaskLife life = life_with(growing);
  const auto totals = [&](std::int64_t second) {
    const Row row = row_at(life, rules_with({growing}), after(second));
    return std::pair(row.total_count, row.detail_task_total_count);
  };
  EXPECT_EQ(totals(10), std::pair(50L, 5L));
  EXPECT_EQ(totals(60), std::pair(75L, 7L));
  EXPECT_EQ(totals(110), std::pair(100L, 10L));
}

TEST(TaskLife, MayHaveAllItsTimesFromAClockThatIsAhead) {
  Workload ahead = steady(1);
  ahead.clock_ahead = 1;
  const TaskLife life = life_with(ahead);
  const Row row = row_at(life, rules_with({ahead}), after(110));
  EXPECT_EQ(row.create_time, after(600));
  EXPECT_EQ(row.start_time, after(610));
  EXPECT_EQ(row.end_time, after(710));
  const Subtask last = subtasks_at(life, rules_with({ahead}), after(110)).back();
  EXPECT_EQ(last.create_time, row.create_time);
  EXPECT_EQ(last.end_time, row.end_time);
}

}  // namespace
}  // namespace sas::simulator
