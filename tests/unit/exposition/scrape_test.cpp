// SPDX-License-Identifier: Apache-2.0
#include "exposition/scrape.hpp"

#include <limits>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/allocations.hpp"
#include "support/exposition_lint.hpp"
#include "support/golden.hpp"
#include "support/task_builder.hpp"
#include "tasks/diff.hpp"

namespace sas::exposition {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using support::kNoon;

tasks::TaskTable table_of(std::string target, std::vector<tasks::Task> rows) {
  tasks::TaskTable table(std::move(target));
  tasks::apply(table, support::page_of(std::move(rows)),
               {.number = 1, .at = kNoon, .telling = tasks::Telling::baseline});
  table.for_each([&table](tasks::Slot slot, const tasks::TrackedTask&) { table.show(slot); });
  return table;
}

std::string read_all(Scrape scrape) {
  ScrapeWriter writer(std::move(scrape));
  std::string body;
  for (std::string piece; writer.next(piece);) {
    EXPECT_LE(piece.size(), ScrapeWriter::kPiece + 1024);
    body += piece;
  }
  return body;
}

const tasks::Task kSeed = support::running("3d7a1b68-599f-4e16-9b45-e920a183b***\n")
                              .type("CHECK_POLICY")
                              .source("YAO_CHI")
                              .items(197, 337)
                              .subtasks(5, 10)
                              .created(Time{milliseconds{1'674'388'824'000}})
                              .started(Time{milliseconds{1'705'457'102'000}})
                              .ended(Time{milliseconds{1'705'467'559'000}});

std::vector<tasks::PublishedGauges> two_targets() {
  tasks::Task odd =
      support::TaskBuilder("quote\" back\\slash \xFF").type("").status(-7).items(-1, 0).no_creation();
  odd.end_time = Time{milliseconds{-1}};
  tasks::TaskTable second = table_of(
      "test \"intl\"\n", {odd, support::complete("max").items(std::numeric_limits<std::int64_t>::max(), 1)});
  second.set_subtasks(*second.find("max"),
                      {.by_status = {0, 1, 12, 345, 6'789, std::numeric_limits<std::uint64_t>::max()}});
  return {
      table_of("production", {kSeed, support::not_started("b").created(kNoon + milliseconds{5})}).publish(),
      second.publish()};
}

TEST(Scrape, LooksLikeTheGoldenText) {
  const std::string body = read_all({.format = Format::text, .own_metrics = "", .targets = two_targets()});
  support::expect_golden(body, "exposition/tasks.txt");
  support::expect_promtool_is_content(body);
}

TEST(Scrape, LooksLikeTheGoldenOpenMetrics) {
  const std::string body =
      read_all({.format = Format::openmetrics, .own_metrics = "", .targets = two_targets()});
  support::expect_golden(body, "exposition/tasks.openmetrics.txt");
  support::expect_openmetrics_parses(body);
}

TEST(Scrape, BeginsWithTheDaemonsOwnMetrics) {
  const std::string own = "# HELP sas_operation_up 1\n# TYPE sas_operation_up gauge\nsas_operation_up 1\n";
  EXPECT_THAT(read_all({.format = Format::text, .own_metrics = own, .targets = {}}),
              testing::StartsWith(own));
}

TEST(Scrape, WithoutTasksIsStillWellFormed) {
  support::expect_openmetrics_parses(
      read_all({.format = Format::openmetrics, .own_metrics = "", .targets = {}}));
  support::expect_promtool_is_content(
      read_all({.format = Format::text, .own_metrics = "", .targets = {table_of("empty", {}).publish()}}));
}

TEST(Scrape, LabelsLongerThanAPieceStillComeOut) {
  const std::string id(3 * ScrapeWriter::kPiece, 'x');
  tasks::TaskTable table = table_of("production", {support::running("a"), support::running(id)});
  table.set_subtasks(*table.find(id), {.by_status = {1, 2, 3, 4, 5, 6}});
  ScrapeWriter writer({.format = Format::text, .own_metrics = "", .targets = {table.publish()}});
  std::string body;
  for (std::string piece; writer.next(piece);)
    body += piece;
  EXPECT_THAT(
      body, testing::HasSubstr("sas_operation_task_status_code{target=\"production\",task_id=\"" + id + '"'));
  EXPECT_THAT(body, testing::EndsWith(id + R"(",task_type="CHECK_ALL",status="unknown"} 6)" + '\n'));
}

TEST(Scrape, SubtasksOfATaskStandTogetherInTheOrderOfTheirStatuses) {
  tasks::TaskTable table =
      table_of("production", {support::complete("a"), support::complete("b"), support::complete("hidden")});
  for (const char* id : {"a", "hidden"})
    table.set_subtasks(*table.find(id), {.by_status = {1, 2, 3, 4, 5, 6}});
  table.hide(*table.find("hidden"));
  const std::string body =
      read_all({.format = Format::text, .own_metrics = "", .targets = {table.publish()}});
  const std::string labels = R"(_by_status{target="production",task_id="a",task_type="CHECK_ALL",status=)";
  std::string expected =
      "# HELP sas_operation_task_subtasks_by_status Subtasks of a task that ended "
      "(ListOperationProcessDetail), once they have been read.\n"
      "# TYPE sas_operation_task_subtasks_by_status gauge\n";
  int count = 0;
  for (const char* status : {"not_started", "running", "complete", "timed_out", "failed", "unknown"})
    expected +=
        "sas_operation_task_subtasks" + labels + '"' + status + "\"} " + std::to_string(++count) + '\n';
  EXPECT_THAT(body, testing::EndsWith(expected)) << "and nothing of tasks that are hidden or not known";
}

// However many tasks there are: the body is never held as a whole.
TEST(Scrape, AllocatesNoMoreForManyTasksThanForFew) {
  const auto count_for = [](int tasks) {
    std::vector<tasks::Task> rows;
    for (int i = 0; i < tasks; ++i)
      rows.push_back(support::complete("task-" + std::to_string(i)));
    tasks::TaskTable table = table_of("production", rows);
    for (tasks::Slot slot = 0; slot < table.slots(); ++slot)
      table.set_subtasks(slot, {.by_status = {0, 0, slot, 0, 1, 0}});
    Scrape scrape{.format = Format::text, .own_metrics = "", .targets = {table.publish()}};
    std::string piece;
    const std::size_t before = support::allocations().count;
    ScrapeWriter writer(std::move(scrape));
    while (writer.next(piece)) {
    }
    return support::allocations().count - before;
  };
  const std::size_t few = count_for(1);
  EXPECT_GT(few, 0U);
  EXPECT_EQ(count_for(5'000), few);
}

TEST(Scrape, OwnMetricsLargerThanAPieceComeOutWhole) {
  std::string own;
  for (int i = 0; i < 10'000; ++i)
    own += "# a comment of line " + std::to_string(i) + '\n';
  EXPECT_THAT(read_all({.format = Format::text, .own_metrics = own, .targets = {}}),
              testing::StartsWith(own + "# HELP sas_operation_task_info "));
}

TEST(Scrape, BegunBeforeAWriteShowsTheOldStateToItsEnd) {
  std::vector<tasks::Task> rows;
  for (int i = 0; i < 2'000; ++i)
    rows.push_back(support::running("task-" + std::to_string(i)).items(1, 9));
  tasks::TaskTable table = table_of("production", rows);
  table.set_subtasks(7, {.by_status = {0, 0, 8, 0, 1, 0}});
  const std::string undisturbed =
      read_all({.format = Format::text, .own_metrics = "", .targets = {table.publish()}});

  ScrapeWriter writer({.format = Format::text, .own_metrics = "", .targets = {table.publish()}});
  std::string piece;
  ASSERT_TRUE(writer.next(piece));
  std::string body = piece;
  for (tasks::Task& row : rows)
    row.finish_count = 5;
  rows.resize(1'000);
  const tasks::Observation later{.number = 2, .at = kNoon + minutes{1}, .telling = tasks::Telling::changes};
  for (const tasks::Slot slot : tasks::apply(table, support::page_of(rows), later).updated)
    table.show(slot);
  for (tasks::Slot slot = 1'500; slot < 2'000; ++slot)
    table.erase(slot);
  table.set_subtasks(7, {.by_status = {0, 0, 0, 0, 9, 0}});
  table.set_subtasks(8, {.by_status = {0, 0, 5, 0, 0, 0}});
  while (writer.next(piece))
    body += piece;
  EXPECT_EQ(body, undisturbed);
  EXPECT_NE(read_all({.format = Format::text, .own_metrics = "", .targets = {table.publish()}}), undisturbed);
}

// Whatever the table holds: families stand together, and no sample stands twice or is left out.
TEST(Scrape, HasEachSampleOnceAndEachFamilyTogether) {
  std::mt19937 random(20'260'102);
  std::vector<tasks::Task> rows;
  std::size_t expected = 0;
  for (int i = 0; i < 3'000; ++i) {
    support::TaskBuilder task = support::running("task-" + std::to_string(i));
    expected += 4;  // info, status_code, created, last_progress
    if (random() % 2 == 0) task.items(static_cast<std::int64_t>(random()), 9), expected += 2;
    if (random() % 2 == 0) task.subtasks(1, static_cast<std::int64_t>(random())), expected += 2;
    if (random() % 2 == 0) task.started(kNoon), expected += 1;
    rows.push_back(task);
  }
  tasks::TaskTable table = table_of("production", rows);
  for (tasks::Slot slot = 0; slot < table.slots(); ++slot) {
    if (slot / 256 == 3 || random() % 2 == 0) continue;  // one block does without
    table.set_subtasks(slot, {.by_status = {0, random() % 10, random(), 0, random() % 100, 0}});
    expected += 6;
  }
  std::istringstream body(
      read_all({.format = Format::text, .own_metrics = "", .targets = {table.publish()}}));
  std::set<std::string> samples;
  std::set<std::string> families;
  std::string family;
  for (std::string line; std::getline(body, line);) {
    if (line.starts_with("# TYPE ")) {
      family = line.substr(7, line.rfind(' ') - 7);
      EXPECT_TRUE(families.insert(family).second) << family << " begins twice";
    } else if (!line.starts_with('#')) {
      EXPECT_TRUE(line.starts_with(family + '{')) << line;
      EXPECT_TRUE(samples.insert(line.substr(0, line.rfind(' '))).second) << line << " stands twice";
    }
  }
  EXPECT_EQ(samples.size(), expected);
  EXPECT_EQ(families.size(), tasks::kGaugeCount + 1);
}

}  // namespace
}  // namespace sas::exposition
