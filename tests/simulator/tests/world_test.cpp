// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/world.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>

#include "simulator/tests/worlds.hpp"

namespace sas::simulator {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(World, IsAFunctionOfRulesSeedAndTime) {
  World one(lively(), 7, kStart);
  World other(lively(), 7, kStart);
  for (const std::int64_t seconds : {0, 30, 31, 500, 3'600})
    static_cast<void>(one.list({}, after(seconds)));  // having looked before changes nothing
  EXPECT_EQ(one.list({}, after(900)).rows, other.list({}, after(900)).rows);
  World different(lively(), 8, kStart);
  EXPECT_NE(one.list({}, after(900)).rows, different.list({}, after(900)).rows);
}

TEST(World, ShowsTwentyTasksAPageWhereNothingIsAsked) {
  World world(rules_with({steady(45)}), 1, kStart);
  const TaskPage page = world.list({}, kStart);
  EXPECT_EQ(page.info, (PageInfo{.current_page = 1, .page_size = 20, .total_count = 45, .count = 20}));
  EXPECT_THAT(page.rows, SizeIs(20));
}

TEST(World, CutsThePageSizeToItsMostAndSaysSo) {
  World world(rules_with({steady(150)}), 1, kStart);
  const TaskPage page = world.list({.page_size = 500}, kStart);
  EXPECT_EQ(page.info.page_size, 100);
  EXPECT_THAT(page.rows, SizeIs(100));
}

TEST(World, ShowsEachTaskOnExactlyOnePage) {
  World world(rules_with({steady(45)}), 1, kStart);
  std::set<std::string> seen;
  std::size_t rows = 0;
  for (const std::int32_t number : {1, 2, 3}) {
    for (const Row& row : world.list({.current_page = number}, kStart).rows) {
      seen.insert(row.task_id);
      ++rows;
    }
  }
  EXPECT_EQ(rows, 45U);
  EXPECT_EQ(seen.size(), 45U);
}

TEST(World, ShowsAnEmptyPageBehindTheLast) {
  World world(rules_with({steady(45)}), 1, kStart);
  const TaskPage page = world.list({.current_page = 4}, kStart);
  EXPECT_EQ(page.info, (PageInfo{.current_page = 4, .page_size = 20, .total_count = 45, .count = 0}));
  EXPECT_THAT(page.rows, IsEmpty());
}

TEST(World, FiltersByStatus) {
  World world(lively(), 3, kStart);
  const Time now = after(900);
  const std::int64_t all = world.list({}, now).info.total_count;
  std::int64_t sum = 0;
  for (const StatusCode code : {0, 1, 2, 3}) {
    const TaskPage page = world.list({.page_size = 100, .status_codes = {code}}, now);
    EXPECT_THAT(page.rows, Each(Field(&Row::status_code, code)));
    EXPECT_GT(page.info.total_count, 0);
    sum += page.info.total_count;
  }
  EXPECT_EQ(sum, all);
  EXPECT_EQ(world.list({.status_codes = {0, 1, 2, 3}}, now).info.total_count, all);
}

TEST(World, FiltersByTypeSourceAndId) {
  World world(lively(), 3, kStart);
  const Time now = after(300);
  EXPECT_THAT(world.list({.task_types = {"CHECK_POLICY"}}, now).rows,
              AllOf(SizeIs(20), Each(Field(&Row::task_type, "CHECK_POLICY"))));
  EXPECT_THAT(world.list({.task_sources = {"ELSEWHERE"}}, now).rows,
              AllOf(SizeIs(20), Each(Field(&Row::task_source, "ELSEWHERE"))));
  EXPECT_THAT(world.list({.task_sources = {"ELSEWHERE"}, .task_types = {"CHECK_ALL"}}, now).rows, IsEmpty());
  const std::string id = world.list({}, now).rows[5].task_id;
  EXPECT_THAT(world.list({.task_ids = {id, "unknown"}}, now).rows, ElementsAre(Field(&Row::task_id, id)));
}

TEST(World, TakesStartTimeAsALowerBoundOfTheCreation) {
  World world(lively(), 3, kStart);
  const Time bound = world.list({}, after(600)).rows[10].create_time;
  const TaskPage page = world.list({.page_size = 100, .start_time = bound}, after(600));
  EXPECT_THAT(page.rows, Each(Field(&Row::create_time, ::testing::Ge(bound))));
  EXPECT_TRUE(
      std::any_of(page.rows.begin(), page.rows.end(), [&](const Row& r) { return r.create_time == bound; }));
}

TEST(World, TakesEndTimeAsAnUpperBoundOfTheCompletionAndHidesTheUnfinished) {
  World world(lively(), 3, kStart);
  const Time now = after(900);
  const TaskPage page = world.list({.page_size = 100, .end_time = now}, now);
  EXPECT_THAT(page.rows, Each(Field(&Row::status_code, ::testing::Ge(kComplete))));
  EXPECT_EQ(page.info.total_count, world.list({.status_codes = {2, 3}}, now).info.total_count);
  EXPECT_LT(world.list({.end_time = after(0)}, now).info.total_count, page.info.total_count);
}

TEST(World, FiltersByTheTimesThatItShows) {
  WorldRules rules = odd();
  rules.max_page_size = 1'000;
  World world(rules, 3, kStart);
  const Time now = after(900);
  const std::vector<Row> all = world.list({.page_size = 1'000}, now).rows;
  const auto count = [&](auto matches) { return std::count_if(all.begin(), all.end(), matches); };
  const auto ahead = count([&](const Row& row) { return row.create_time > now; });
  EXPECT_GT(ahead, 0) << "a clock that is ahead writes times that have not come";
  const Time future = now + Milliseconds{1};
  EXPECT_EQ(world.list({.start_time = future}, now).info.total_count, ahead);
  const auto ended = count([&](const Row& row) { return row.end_time && *row.end_time <= now; });
  EXPECT_EQ(world.list({.end_time = now}, now).info.total_count, ended);
}

TEST(World, ListsTheNewestFirstUnlessToldOtherwise) {
  const auto created = [](Order order) {
    WorldRules rules = lively();
    rules.order = order;
    return World(rules, 1, kStart).list({.page_size = 100}, after(600)).rows;
  };
  const auto by_creation = [](const Row& a, const Row& b) { return a.create_time < b.create_time; };
  const auto newest = created(Order::newest_first);
  EXPECT_TRUE(std::is_sorted(newest.rbegin(), newest.rend(), by_creation));
  const auto oldest = created(Order::oldest_first);
  EXPECT_TRUE(std::is_sorted(oldest.begin(), oldest.end(), by_creation));
  const auto by_id = created(Order::task_id);
  EXPECT_TRUE(std::is_sorted(by_id.begin(), by_id.end(),
                             [](const Row& a, const Row& b) { return a.task_id < b.task_id; }));
}

TEST(World, ListsATaskFromItsBirthUntilItIsForgotten) {
  WorldRules rules = rules_with({steady(1)});
  rules.forget_after = Milliseconds{60'000};
  World world(rules, 1, kStart);
  EXPECT_THAT(world.list({}, kStart - Milliseconds{1}).rows, IsEmpty());
  EXPECT_THAT(world.list({}, kStart).rows, SizeIs(1));
  EXPECT_THAT(world.list({}, after(170) - Milliseconds{1}).rows, SizeIs(1));
  EXPECT_THAT(world.list({}, after(170)).rows, IsEmpty());
}

TEST(World, ASelectionThatIsKeptIsTheOneThatWouldBeMade) {
  World kept(odd(), 11, kStart);
  for (std::int64_t second = 0; second < 1'200; second += 7) {
    World fresh(odd(), 11, kStart);
    const ListQuery query{.page_size = 100, .status_codes = {0, 1}};
    ASSERT_EQ(kept.list(query, after(second)).rows, fresh.list(query, after(second)).rows) << second;
  }
}

TEST(World, ServesALargeWorld) {
  World world(rules_with({steady(100'000)}), 1, kStart);
  const TaskPage last = world.list({.current_page = 1'000, .page_size = 100}, after(50));
  EXPECT_EQ(last.info.total_count, 100'000);
  EXPECT_THAT(last.rows, SizeIs(100));
}

TEST(WorldDetails, FiltersAndPagesTheSubtasksOfTheParentsAskedFor) {
  World world(rules_with({steady(3)}), 1, kStart);
  const Time now = after(60);
  const std::vector<Row> rows = world.list({}, now).rows;
  const SubtaskPage both =
      world.details({.page_size = 15, .task_ids = {rows[0].task_id, rows[2].task_id}}, now);
  EXPECT_EQ(both.info, (PageInfo{.current_page = 1, .page_size = 15, .total_count = 20, .count = 15}));
  const SubtaskPage done = world.details({.status_codes = {kComplete}, .task_ids = {rows[1].task_id}}, now);
  EXPECT_EQ(done.info.total_count, rows[1].detail_task_ready_count);
  EXPECT_THAT(done.rows, Each(Field(&Subtask::task_id, rows[1].task_id)));
}

}  // namespace
}  // namespace sas::simulator
