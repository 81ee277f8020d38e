// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/scenario.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>

#include "support/folders.hpp"

namespace sas::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string mistakes(std::string_view text) {
  const Result<Scenario> scenario = parse_scenario(text, "day.yml");
  return scenario ? "none" : scenario.error().message;
}

Scenario parsed(std::string_view text) {
  return parse_scenario(text, "day.yml").value();
}

TEST(Scenario, IsReadKeyByKey) {
  const Scenario scenario = parsed(R"(
order: oldest_first
unfinished_times: zero
forget_after: 7d
max_page_size: 50
task_id_suffix: "\n"
tasks:
  - {type: CHECK_ITEM, source: X, count: 3, first: -2h, every: 5m, jitter: 1m, waits: 1s..2s, runs: 3m, items: 10..20,
     subtasks: 4, endings: {complete: 1, never_ends: 2, comes_back: 3}, stall: {at: 0.3, for: 5m..6m}, failing_subtasks: 0.5,
     progress_falls: 0.1, totals_grow: 0.2, clock_ahead: 0.3}
service: {calls_per_second: 3, retry_after: 250ms, idle_timeout: 1m, clock_offset: -20m}
faults:
  - {kind: error, code: ServerError, status: 503, message: sorry, retry_after: 1s, every: 3, page: 2}
  - {kind: nulls, fields: [A, B], probability: 0.5, after: 10s, until: 20s, action: ListOperationProcessDetail}
)");
  EXPECT_EQ(scenario.world.order, Order::oldest_first);
  EXPECT_EQ(scenario.world.unfinished_times, UnfinishedTimes::zero);
  EXPECT_EQ(scenario.world.forget_after, Milliseconds{604'800'000});
  EXPECT_EQ(scenario.world.max_page_size, 50);
  EXPECT_EQ(scenario.world.task_id_suffix, "\n");
  const Workload& tasks = scenario.world.workloads.at(0);
  EXPECT_EQ(tasks.type, "CHECK_ITEM");
  EXPECT_EQ(tasks.count, 3);
  EXPECT_EQ(tasks.first, Milliseconds{-7'200'000});
  EXPECT_EQ(tasks.every, Milliseconds{300'000});
  EXPECT_EQ(tasks.waits, (Range<Milliseconds>{Milliseconds{1'000}, Milliseconds{2'000}}));
  EXPECT_EQ(tasks.runs, (Range<Milliseconds>{Milliseconds{180'000}, Milliseconds{180'000}}));
  EXPECT_EQ(tasks.items, (Range<std::int64_t>{10, 20}));
  EXPECT_THAT(tasks.endings, ElementsAre(1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 3));
  EXPECT_EQ(tasks.progress_falls, 0.1);
  EXPECT_EQ(tasks.totals_grow, 0.2);
  EXPECT_EQ(tasks.clock_ahead, 0.3);
  EXPECT_EQ(tasks.stall_probability, 1);
  EXPECT_EQ(tasks.stall_at, 0.3);
  EXPECT_EQ(tasks.failing_subtasks, 0.5);
  EXPECT_EQ(scenario.service.calls_per_second, 3U);
  EXPECT_EQ(scenario.service.retry_after, Milliseconds{250});
  EXPECT_EQ(scenario.service.clock_offset, Milliseconds{-1'200'000});
  const Fault& error = scenario.faults.at(0);
  EXPECT_EQ(error.code, "ServerError");
  EXPECT_EQ(error.status, 503U);
  EXPECT_EQ(error.when.every, 3U);
  EXPECT_EQ(error.when.page, 2);
  const Fault& nulls = scenario.faults.at(1);
  EXPECT_THAT(nulls.fields, ElementsAre("A", "B"));
  EXPECT_EQ(nulls.when.probability, 0.5);
  EXPECT_EQ(nulls.when.until, Milliseconds{20'000});
  EXPECT_EQ(nulls.when.action, "ListOperationProcessDetail");
}

TEST(Scenario, NamesTheLineOfEachMistakeAllAtOnce) {
  const std::string told =
      mistakes("ordre: newest_first\ntasks:\n  - {typ: X}\n  - {every: 5}\norder: best_first\n");
  EXPECT_THAT(told,
              HasSubstr("day.yml:1: unknown key 'ordre' in a scenario; known are answers, description"));
  EXPECT_THAT(told, HasSubstr("day.yml:3: unknown key 'typ' in an entry of tasks"));
  EXPECT_THAT(told, HasSubstr("day.yml:4: every: '5' is not a duration such as 30s or 1h30m"));
  EXPECT_THAT(told,
              HasSubstr("day.yml:5: order: 'best_first' is not one of newest_first, oldest_first, task_id"));
}

TEST(Scenario, RefusesWhatMakesNoSense) {
  const std::pair<const char*, const char*> wrong[] = {
      {"tasks: 5\n", "day.yml:1: tasks must be a list"},
      {"tasks: [5]\n", "day.yml:1: an entry of tasks must be keys with values"},
      {"tasks: [{items: 9..3}]\n", "the smaller first"},
      {"tasks: [{items: -3..3}]\n", "the smaller first"},
      {"tasks: [{count: many}]\n", "day.yml:1: count: 'many' is not a whole number of at least 0"},
      {"tasks: [{every: 0s}]\n", "every must be longer than 0s"},
      {"tasks: [{endings: {}}]\n", "endings must give at least one of them a weight above 0"},
      {"tasks: [{failing_subtasks: 2}]\n", "failing_subtasks: '2' is not a number from 0 to 1"},
      {"max_page_size: 0\n", "max_page_size: '0' is not a whole number of at least 1"},
      {"order: a\norder: newest_first\n", "day.yml:2: key 'order' is given twice"},
      {"answers: {ListOperationProcess: '{'}\n", "the answer of ListOperationProcess is not a JSON object"},
      {"faults: [{}]\n", "a fault needs its kind"},
      {"faults: [{kind: explosion}]\n", "kind: 'explosion' is not one of error, html"},
      {"faults: [{kind: error}]\n", "an error needs its code"},
      {"faults: [{kind: error, code: X, status: 99}]\n", "status must be from 200 to 599"},
      {"faults: [{kind: gzip, delay: 3s}]\n", "unknown key 'delay' in an entry of faults"},
      {"faults: [{kind: nulls}]\n", "fields must name those that it is about"},
      {"faults: [{kind: unknown_status, value: seven}]\n", "value must be a StatusCode"},
      {"faults: [{kind: hang, every: 0}]\n", "every: '0' is not a whole number of at least 1"},
      {"a: [\n", "day.yml:"},
  };
  for (const auto& [text, told] : wrong)
    EXPECT_THAT(mistakes(text), HasSubstr(told)) << text;
}

TEST(Scenario, MayBeEmpty) {
  EXPECT_TRUE(parsed("").world.workloads.empty());
}

TEST(Scenario, GetsItsSizeFromOutside) {
  const Scenario sized = with_tasks(parsed("tasks: [{count: 3}, {count: 4}]"), 10'000).value();
  EXPECT_EQ(sized.world.workloads[0].count, 10'000);
  EXPECT_EQ(sized.world.workloads[1].count, 4);
  EXPECT_TRUE(with_tasks(parsed(""), 5).has_error());
}

std::vector<std::filesystem::path> shipped() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(support::scenarios_folder())) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

Result<Scenario> read(const std::filesystem::path& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse_scenario(text, path.filename().string());
}

TEST(ShippedScenarios, AreRightAndSayWhatTheyAreFor) {
  EXPECT_GE(shipped().size(), 50U);
  for (const auto& path : shipped()) {
    const Result<Scenario> scenario = read(path);
    ASSERT_TRUE(scenario) << scenario.error().message;
    EXPECT_FALSE(scenario->description.empty()) << path;
  }
}

TEST(ShippedScenarios, HaveEveryKindOfFault) {
  std::set<FaultKind> kinds;
  for (const auto& path : shipped()) {
    if (path.parent_path().filename() != "faults") continue;
    for (const Fault& fault : read(path).value().faults)
      kinds.insert(fault.kind);
  }
  for (const FaultWord& word : fault_words())
    EXPECT_TRUE(kinds.contains(word.kind)) << word.name;
}

}  // namespace
}  // namespace sas::simulator
