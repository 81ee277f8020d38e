// SPDX-License-Identifier: Apache-2.0
#include "cli/looks_table.hpp"

#include <gtest/gtest.h>

namespace sas::cli {
namespace {

app::Look look(std::string target, std::vector<tasks::Task> tasks) {
  return {.target = std::move(target),
          .endpoint = "https://sas.invalid",
          .at = Time{},
          .result = policy::PollResult::complete,
          .trouble = {},
          .tasks = std::move(tasks)};
}

Time at(int seconds) {
  return Time{std::chrono::seconds{seconds}};
}

tasks::Task task(std::string id, tasks::StatusCode status) {
  tasks::Task made;
  made.id = std::move(id);
  made.status_code = status;
  return made;
}

TEST(LooksTable, ActiveTasksComeFirstAndTheNewestOfThem) {
  tasks::Task ended = task("ended", tasks::kComplete);
  ended.create_time = at(300);
  ended.end_time = at(360);
  tasks::Task old = task("old", tasks::kRunning);
  old.type = "CHECK_ITEM";
  old.total_count = 337;
  old.finish_count = 197;
  old.detail_task_total_count = 10;
  old.detail_task_ready_count = 5;
  old.create_time = at(60);
  old.start_time = at(61);
  old.end_time = at(62);  // of a task that runs: not to be believed
  tasks::Task fresh = task("fresh", tasks::kNotStarted);
  fresh.create_time = at(120);
  EXPECT_EQ(looks_table({look("production", {ended, old, fresh})}),
            "TARGET      TASK   TYPE        STATUS       ITEMS          SUBTASKS    CREATED               "
            "STARTED               ENDED\n"
            "production  fresh  -           not_started  -              -           1970-01-01T00:02:00Z  "
            "-                     -\n"
            "production  old    CHECK_ITEM  running      197/337 (58%)  5/10 (50%)  1970-01-01T00:01:00Z  "
            "1970-01-01T00:01:01Z  -\n"
            "production  ended  -           complete     -              -           1970-01-01T00:05:00Z  "
            "-                     1970-01-01T00:06:00Z\n"
            "\n"
            "production: 3 tasks: 1 not_started, 1 running, 1 complete\n");
}

TEST(LooksTable, WithoutATaskThereIsNoTable) {
  EXPECT_EQ(looks_table({look("a", {}), look("b", {})}), "a: 0 tasks\nb: 0 tasks\n");
}

TEST(LooksTable, WhatDoesNotAddUpIsShownAsItIs) {
  tasks::Task odd = task("odd\n", 9);
  odd.total_count = 5;
  odd.finish_count = 7;
  odd.detail_task_ready_count = 3;
  const std::string text = looks_table({look("a", {odd})});
  EXPECT_NE(text.find("a       odd   -     unknown (9)  7/5    3/?       -        -        -\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("a: 1 task: 1 unknown (9)\n"), std::string::npos) << text;
}

TEST(LooksTable, ATaskIdCannotBreakItsLine) {
  const std::string text = looks_table({look("a", {task("a\x1b[31m\nb", tasks::kRunning)})});
  EXPECT_NE(text.find("a?[31m?b"), std::string::npos) << text;
}

}  // namespace
}  // namespace sas::cli
