// SPDX-License-Identifier: Apache-2.0
#include "tasks/gauge_columns.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::tasks {
namespace {

GaugeRow row(std::int64_t items) {
  GaugeRow row{};
  row.fill(kAbsent);
  row[static_cast<std::size_t>(Gauge::items)] = items;
  return row;
}

std::int64_t items(const PublishedGauges& gauges, Slot slot) {
  return gauges.blocks[slot / GaugeBlock::kRows]
      ->values[static_cast<std::size_t>(Gauge::items)][slot % GaugeBlock::kRows];
}

TEST(GaugeColumns, KeepTheLabelTextBesideTheNumbers) {
  GaugeColumns columns;
  columns.write(300, row(7), "production", support::running("3d7a\n").source("YAO_CHI"));
  EXPECT_TRUE(columns.shows(300));
  EXPECT_FALSE(columns.shows(299));
  EXPECT_FALSE(columns.shows(9'999));
  const PublishedGauges gauges = columns.publish();
  ASSERT_EQ(gauges.blocks.size(), 2U);
  EXPECT_EQ(items(gauges, 300), 7);
  const std::string labels = R"(target="production",task_id="3d7a",task_type="CHECK_ALL")";
  EXPECT_EQ(gauges.blocks[1]->labels(300 - 256), labels);
  EXPECT_EQ(gauges.blocks[1]->labels_with_source(300 - 256), labels + R"(,task_source="YAO_CHI")");
}

TEST(GaugeColumns, AScrapeReadsTheStateItBeganWith) {
  GaugeColumns columns;
  columns.write(0, row(1), "production", support::running("a"));
  columns.write(1, row(1), "production", support::running("b"));
  const PublishedGauges before = columns.publish();
  columns.write(0, row(2), "production", support::running("a"));
  columns.clear(1);
  columns.write(2, row(3), "production", support::running("c"));
  EXPECT_EQ(items(before, 0), 1);
  EXPECT_NE(before.blocks[0]->labels(1), "");
  EXPECT_EQ(before.blocks[0]->labels(2), "");
  const PublishedGauges after = columns.publish();
  EXPECT_EQ(items(after, 0), 2);
  EXPECT_EQ(after.blocks[0]->labels(1), "");
}

TEST(GaugeColumns, AWriteCopiesOnlyTheBlockThatAScrapeHolds) {
  GaugeColumns columns;
  columns.write(0, row(1), "production", support::running("a"));
  columns.write(256, row(1), "production", support::running("b"));
  const GaugeBlock* first = columns.publish().blocks[0].get();
  columns.write(0, row(2), "production", support::running("a"));
  EXPECT_EQ(columns.publish().blocks[0].get(), first) << "copied although nobody read it";
  const PublishedGauges held = columns.publish();
  columns.write(0, row(3), "production", support::running("a"));
  const PublishedGauges now = columns.publish();
  EXPECT_NE(now.blocks[0], held.blocks[0]);
  EXPECT_EQ(now.blocks[1], held.blocks[1]) << "copied although nobody wrote it";
}

using Counts = std::array<std::uint32_t, 6>;

// None where nothing is known of the row's.
std::optional<Counts> subtasks(const PublishedGauges& gauges, Slot slot) {
  const GaugeBlock& block = *gauges.blocks[slot / GaugeBlock::kRows];
  if (!block.subtasks || !block.subtasks->given[slot % GaugeBlock::kRows]) return std::nullopt;
  return block.subtasks->counts[slot % GaugeBlock::kRows];
}

TEST(GaugeColumns, SubtasksStandBesideTheRowUntilTheyAreUnknownOrTheRowGoes) {
  GaugeColumns columns;
  for (const Slot slot : {0U, 1U, 300U})
    columns.write(slot, row(1), "production", support::complete("a"));
  EXPECT_EQ(columns.publish().blocks[0]->subtasks, nullptr) << "they cost nothing where there are none";
  const SubtaskCounts counts{1, 2, 3, 4, 5, 6};
  columns.write_subtasks(0, &counts);
  columns.write_subtasks(300, &counts);
  EXPECT_EQ(subtasks(columns.publish(), 0), (Counts{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(subtasks(columns.publish(), 1), std::nullopt);
  EXPECT_EQ(subtasks(columns.publish(), 300), (Counts{1, 2, 3, 4, 5, 6}));
  columns.write_subtasks(0, nullptr);
  EXPECT_EQ(columns.publish().blocks[0]->subtasks, nullptr);
  columns.clear(300);
  columns.write(300, row(1), "production", support::complete("another in its place"));
  EXPECT_EQ(subtasks(columns.publish(), 300), std::nullopt);
}

TEST(GaugeColumns, ACountBeyondThirtyTwoBitsIsTheMostThatFits) {
  GaugeColumns columns;
  columns.write(0, row(1), "production", support::complete("a"));
  const SubtaskCounts counts{1ULL << 40U, 0, 0, 0, 0, 0};
  columns.write_subtasks(0, &counts);
  EXPECT_EQ(subtasks(columns.publish(), 0)->at(0), 4'294'967'295U);
}

TEST(GaugeColumns, AScrapeReadsTheSubtasksItBeganWith) {
  GaugeColumns columns;
  columns.write(0, row(1), "production", support::complete("a"));
  columns.write(1, row(1), "production", support::complete("b"));
  const SubtaskCounts few{0, 0, 1, 0, 0, 0};
  const SubtaskCounts more{0, 0, 2, 0, 0, 0};
  columns.write_subtasks(0, &few);
  columns.write_subtasks(1, &few);
  const PublishedGauges before = columns.publish();
  columns.write_subtasks(0, &more);
  columns.write_subtasks(1, nullptr);
  EXPECT_EQ(subtasks(before, 0)->at(2), 1U);
  EXPECT_EQ(subtasks(before, 1)->at(2), 1U);
  EXPECT_EQ(subtasks(columns.publish(), 0)->at(2), 2U);
  EXPECT_EQ(subtasks(columns.publish(), 1), std::nullopt);
}

TEST(GaugeColumns, SubtasksThatStayAsTheyAreAreNotCopied) {
  GaugeColumns columns;
  columns.write(0, row(1), "production", support::complete("a"));
  const SubtaskCounts counts{0, 0, 1, 0, 0, 0};
  columns.write_subtasks(0, &counts);
  const PublishedGauges held = columns.publish();
  columns.write_subtasks(0, &counts);
  EXPECT_EQ(columns.publish().blocks[0], held.blocks[0]);
  columns.write(0, row(2), "production", support::complete("a"));
  EXPECT_NE(columns.publish().blocks[0], held.blocks[0]);
  EXPECT_EQ(columns.publish().blocks[0]->subtasks, held.blocks[0]->subtasks)
      << "a copy of the block shares them";
}

TEST(GaugeColumns, TextThatBelongsToNobodyIsGivenBack) {
  GaugeColumns columns;
  for (int round = 0; round < 1'000; ++round) {
    for (Slot slot = 0; slot < 8; ++slot) {
      columns.write(slot, row(round), "production", support::running("task-" + std::to_string(round * 8)));
    }
    for (Slot slot = 0; slot < 7; ++slot)
      columns.clear(slot);
  }
  const PublishedGauges gauges = columns.publish();
  EXPECT_LT(gauges.blocks[0]->text.size(), 2'000U);
  EXPECT_EQ(gauges.blocks[0]->labels(7), R"(target="production",task_id="task-0",task_type="CHECK_ALL")");
}

}  // namespace
}  // namespace sas::tasks
