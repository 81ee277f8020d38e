// SPDX-License-Identifier: Apache-2.0
#include "policy/activity.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::seconds;

constexpr Instant kNow{std::chrono::hours{9}};
constexpr Time kAt{std::chrono::milliseconds{1'767'323'045'678}};  // 2026-01-02T03:04:05.678Z

TargetHealth completed(std::string name, seconds ago) {
  return {.target = std::move(name),
          .tried = true,
          .last_success = kNow - ago,
          .last_sign = kNow - ago,
          .next_poll = kNow};
}

TargetHealth failing(std::string name, std::optional<Instant> last_success = std::nullopt) {
  return {.target = std::move(name),
          .tried = true,
          .failing = true,
          .last_success = last_success,
          .last_sign = kNow,
          .next_poll = kNow};
}

TargetHealth untried(std::string name) {
  return {.target = std::move(name), .last_success = std::nullopt, .last_sign = kNow, .next_poll = kNow};
}

struct Seen {
  TargetHealth health;
  std::size_t active_tasks = 0;
};

struct Case {
  const char* name;
  std::vector<Seen> targets;
  const char* status;
};

class ActivityText : public testing::TestWithParam<Case> {};

TEST_P(ActivityText, Says) {
  Activity activity;
  for (const Seen& seen : GetParam().targets)
    activity.add(seen.health, seen.active_tasks);
  EXPECT_EQ(describe(activity, kNow, kAt), GetParam().status);
}

std::vector<Seen> many_failing(int count) {
  std::vector<Seen> targets;
  for (int i = 1; i <= count; ++i)
    targets.push_back({failing(fmt::format("t{}", i))});
  return targets;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ActivityText,
    testing::Values(
        Case{"AtTheStart", {{untried("a")}, {untried("b")}}, "2 targets, the first poll is still to come"},
        Case{"OneTask",
             {{completed("a", seconds{3}), 1}},
             "1 target, 1 active task, last complete poll at 2026-01-02T03:04:02Z"},
        Case{"TasksAreSummedAndTheLatestPollCounts",
             {{completed("a", seconds{61}), 12}, {completed("b", seconds{5}), 2}},
             "2 targets, 14 active tasks, last complete poll at 2026-01-02T03:04:00Z"},
        Case{"TheOrderOfTargetsDoesNotMatter",
             {{completed("b", seconds{5}), 2}, {completed("a", seconds{61}), 12}},
             "2 targets, 14 active tasks, last complete poll at 2026-01-02T03:04:00Z"},
        Case{"SomeNotPolledYet",
             {{completed("a", seconds{0}), 0}, {untried("b")}},
             "2 targets, 0 active tasks, last complete poll at 2026-01-02T03:04:05Z; 1 not polled yet"},
        Case{"OneFails",
             {{completed("a", seconds{0}), 0}, {failing("b", kNow - seconds{65}), 3}},
             "2 targets, 3 active tasks, last complete poll at 2026-01-02T03:04:05Z; polls fail of: b"},
        Case{"NoneWasEverComplete",
             {{failing("a")}},
             "1 target, no poll has been complete yet; polls fail of: a"},
        Case{"FiveAreNamed", many_failing(5),
             "5 targets, no poll has been complete yet; polls fail of: t1, t2, t3, t4, t5"},
        Case{"NoMoreThanFiveAreNamed", many_failing(7),
             "7 targets, no poll has been complete yet; polls fail of: t1, t2, t3, t4, t5 and 2 more"}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace sas::policy
