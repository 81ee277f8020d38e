// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/journal.hpp"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>

#include "simulator/tests/worlds.hpp"

namespace sas::simulator {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Journal, TellsTheWholeLifeOfATask) {
  WorldRules rules = rules_with({steady(1)});
  rules.forget_after = Milliseconds{60'000};
  World world(rules, 1, kStart);
  const std::string id = world.lives(kStart)[0].id;
  const auto step = [&id](std::optional<StatusCode> from, std::optional<StatusCode> to, Time time) {
    return Step{.task_id = id, .task_type = "CHECK_ALL", .from = from, .to = to, .time = time};
  };
  Journal journal(world);
  EXPECT_THAT(journal.advance(after(1'000)),
              ElementsAre(step({}, kNotStarted, kStart), step(kNotStarted, kRunning, after(10)),
                          step(kRunning, kComplete, after(110)), step(kComplete, {}, after(170))));
}

TEST(Journal, TellsAStepWhenItHasHappenedAndOnlyOnce) {
  World world(rules_with({steady(1)}), 1, kStart);
  Journal journal(world);
  EXPECT_EQ(journal.advance(kStart).size(), 1U);
  EXPECT_THAT(journal.advance(after(10) - Milliseconds{1}), IsEmpty());
  EXPECT_EQ(journal.next(), after(10));
  EXPECT_EQ(journal.advance(after(10)).size(), 1U);
  EXPECT_THAT(journal.advance(after(10)), IsEmpty());
}

TEST(Journal, TellsThatATaskComesBackLikeABirth) {
  Workload workload = steady(1);
  workload.endings = only(Ending::comes_back);
  World world(rules_with({workload}), 1, kStart);
  using Way = std::pair<std::optional<StatusCode>, std::optional<StatusCode>>;
  std::vector<Way> ways;
  for (const Step& step : Journal(world).advance(after(1'000)))
    ways.emplace_back(step.from, step.to);
  EXPECT_THAT(ways, ElementsAre(Way{{}, kNotStarted}, Way{kNotStarted, kRunning}, Way{kRunning, {}},
                                Way{{}, kRunning}, Way{kRunning, kComplete}));
}

class AnyJournal : public ::testing::TestWithParam<WorldRules (*)()> {
 protected:
  WorldRules rules() const { return GetParam()(); }
};

INSTANTIATE_TEST_SUITE_P(Worlds, AnyJournal, ::testing::Values(lively, odd),
                         [](const auto& world) { return world.index == 0 ? "lively" : "odd"; });

TEST_P(AnyJournal, IsTheSameInOnePieceAndInMany) {
  World world(rules(), 4, kStart);
  std::vector<Step> pieces;
  Journal journal(world);
  for (std::int64_t second = 0; second <= 3'600; second += 11) {
    const std::vector<Step> steps = journal.advance(after(second));
    pieces.insert(pieces.end(), steps.begin(), steps.end());
  }
  World again(rules(), 4, kStart);
  EXPECT_EQ(pieces, Journal(again).advance(after(3'597)));
  EXPECT_TRUE(std::is_sorted(pieces.begin(), pieces.end(),
                             [](const Step& a, const Step& b) { return a.time < b.time; }));
}

TEST_P(AnyJournal, EqualsWhatListsShow) {
  World world(rules(), 9, kStart);
  Journal journal(world);
  std::map<std::string, StatusCode> told;
  for (std::int64_t second = 0; second <= 2'400; second += 17) {
    for (const Step& step : journal.advance(after(second))) {
      if (step.from) {
        ASSERT_EQ(told[step.task_id], *step.from);
      } else {
        ASSERT_FALSE(told.contains(step.task_id));
      }
      if (step.to)
        told[step.task_id] = *step.to;
      else
        told.erase(step.task_id);
    }
    std::map<std::string, StatusCode> shown;
    for (const std::uint32_t place : world.matching({}, after(second))) {
      const Row row = world.row(place, after(second));
      shown[row.task_id] = row.status_code;
    }
    ASSERT_EQ(told, shown) << second;
  }
}

TEST(Journal, WritesAStepAsALineOfJson) {
  Step step{.task_id = "a\"b\n", .task_type = "CHECK_ALL", .from = {}, .to = 0, .time = kStart};
  EXPECT_EQ(to_json(step),
            R"({"time":1767323045000,"task_id":"a\"b\n","task_type":"CHECK_ALL","from":null,"to":0})");
}

}  // namespace
}  // namespace sas::simulator
