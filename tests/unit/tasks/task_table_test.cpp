// SPDX-License-Identifier: Apache-2.0
#include "tasks/task_table.hpp"

#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::tasks {
namespace {

using support::kNoon;
using support::running;

TrackedTask tracked(Task task) {
  return {.task = std::move(task),
          .first_seen = kNoon,
          .last_seen = kNoon,
          .items_progressed = kNoon,
          .subtasks_progressed = kNoon,
          .status_changed = kNoon,
          .seen_in = 1};
}

TEST(TaskTable, FindsWhatWasInserted) {
  TaskTable table("production");
  const Slot slot = table.insert(tracked(running("a")));
  EXPECT_EQ(table.find("a"), slot);
  EXPECT_EQ(table.at(slot).task.id, "a");
  EXPECT_FALSE(table.find("b"));
}

TEST(TaskTable, AnErasedSlotIsUsedAgain) {
  TaskTable table("production");
  const Slot first = table.insert(tracked(running("a")));
  table.insert(tracked(running("b")));
  table.erase(first);
  EXPECT_FALSE(table.find("a"));
  EXPECT_EQ(table.insert(tracked(running("c"))), first);
  EXPECT_EQ(table.size(), 2U);
}

TEST(TaskTable, ForEachVisitsWhatIsThere) {
  TaskTable table("production");
  table.erase(table.insert(tracked(running("a"))));
  table.insert(tracked(running("b")));
  table.insert(tracked(running("c")));
  std::string ids;
  table.for_each([&ids](Slot, const TrackedTask& task) { ids += task.task.id; });
  EXPECT_EQ(ids.size(), 2U);
  EXPECT_EQ(ids.find('a'), std::string::npos);
}

TEST(TaskTable, ATaskIsShownUntilItIsHiddenOrErased) {
  TaskTable table("production");
  const Slot slot = table.insert(tracked(running("a")));
  EXPECT_FALSE(table.is_shown(slot));
  table.show(slot);
  EXPECT_TRUE(table.is_shown(slot));
  table.hide(slot);
  EXPECT_FALSE(table.is_shown(slot));
  table.show(slot);
  table.erase(slot);
  EXPECT_FALSE(table.is_shown(slot));
}

TEST(TaskTable, WhatSubtasksCameToIsShownWithTheirTask) {
  TaskTable table("production");
  const Slot slot = table.insert(tracked(support::complete("a")));
  const auto shown = [&table, slot] {
    const auto block = table.publish().blocks.at(0);
    return block->subtasks && block->subtasks->given[slot] ? block->subtasks->counts[slot][4] : 0;
  };
  SubtaskSummary summary{.by_status = {0, 0, 5, 0, 3, 0}, .failed = {{.id = "s", .checks = {"MFA"}}}};
  table.set_subtasks(slot, summary);
  EXPECT_FALSE(table.is_shown(slot)) << "who is shown is decided elsewhere";
  EXPECT_EQ(*table.at(slot).subtasks, summary);
  table.show(slot);
  EXPECT_EQ(shown(), 3U);
  summary.by_status[4] = 4;
  table.set_subtasks(slot, summary);
  EXPECT_EQ(shown(), 4U);
  table.edit(slot).subtasks.reset();
  table.show(slot);
  EXPECT_EQ(shown(), 0U);
}

TEST(TaskTable, TheLatestSignOfLifeIsTheLastProgress) {
  TrackedTask task = tracked(running("a"));
  task.subtasks_progressed = kNoon + std::chrono::minutes{3};
  EXPECT_EQ(task.last_progress(), kNoon + std::chrono::minutes{3});
}

}  // namespace
}  // namespace sas::tasks
