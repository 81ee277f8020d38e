// SPDX-License-Identifier: Apache-2.0
#include "policy/shown_tasks.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"
#include "tasks/diff.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> shown_ids(const std::vector<tasks::Task>& rows, const ShowLimits& limits,
                                   std::size_t dropped) {
  tasks::TaskTable table("production");
  tasks::apply(table, support::page_of(rows),
               {.number = 1, .at = kNoon, .telling = tasks::Telling::baseline});
  const ShownTasks choice = choose_shown(table, limits, kNoon);
  EXPECT_EQ(choice.dropped, dropped);
  std::vector<std::string> ids;
  for (const tasks::Slot slot : choice.shown)
    ids.push_back(table.at(slot).task.id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

TEST(ShownTasks, WhatHasNotEndedAndWhatEndedLately) {
  EXPECT_THAT(shown_ids({support::running("a"), support::TaskBuilder("b").status(9),
                         support::complete("c").ended(kNoon - minutes{59}),
                         support::timed_out("d").ended(kNoon - minutes{60}), support::complete("e")},
                        {.task_series = true, .task_retention = hours{1}, .max_tasks = 100}, 0),
              ElementsAre("a", "b", "c", "e"));
}

TEST(ShownTasks, BeyondTheLimitActiveOnesFirstThenTheYoungest) {
  EXPECT_THAT(shown_ids({support::complete("old").created(kNoon - hours{2}),
                         support::complete("young").created(kNoon),
                         support::running("active").created(kNoon - hours{20})},
                        {.task_series = true, .task_retention = hours{1}, .max_tasks = 2}, 1),
              ElementsAre("active", "young"));
}

TEST(ShownTasks, NoneWhereTheSeriesAreSwitchedOff) {
  EXPECT_THAT(shown_ids({support::running("a")},
                        {.task_series = false, .task_retention = hours{1}, .max_tasks = 9}, 0),
              IsEmpty());
}

}  // namespace
}  // namespace sas::policy
