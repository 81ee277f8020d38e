// SPDX-License-Identifier: Apache-2.0
// The judge, judged: histories by hand.
#include "flow/truth/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::flow {
namespace {

using tasks::kComplete;
using tasks::kNotStarted;
using tasks::kRunning;
using tasks::kTimedOut;
using tasks::kVanished;
using testing::HasSubstr;
using testing::IsEmpty;

Time at(int second) {
  return Time{std::chrono::seconds{1'000'000 + second}};
}

struct State {
  int from;
  std::optional<tasks::StatusCode> status;
};

TrueTask task(const std::vector<State>& states) {
  TrueTask task{.id = "a", .life = {}};
  for (const State& state : states) {
    if (!task.life.empty()) task.life.back().until = at(state.from);
    task.life.push_back({.status = state.status, .from = at(state.from), .until = Time::max()});
  }
  return task;
}

// Polls from second 0 on, ten seconds apart, two seconds long; all look back for an hour.
Era era(std::vector<ToldStep> told, int looks = 20) {
  Era era{.began = at(0), .looks = {}, .told = {}};
  for (int i = 0; i < looks; ++i)
    era.looks.push_back({.began = at(10 * i), .ended = at(10 * i + 2), .since = at(10 * i - 3600)});
  if (!told.empty()) era.told["a"] = std::move(told);
  return era;
}

ToldStep step(tasks::StatusCode from, tasks::StatusCode to, int second) {
  return {.from = from, .to = to, .inferred = false, .at = at(second)};
}

const TrueTask kOrdinary = task({{5, kNotStarted}, {25, kRunning}, {65, kComplete}});

TEST(Judge, AcceptsWhatHappened) {
  EXPECT_EQ(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32), step(kRunning, kComplete, 72)})), "");
}

TEST(Judge, AcceptsSilenceAboutWhatHadHappenedBeforeTheBaseline) {
  EXPECT_EQ(fault_of(task({{-50, kNotStarted}, {-40, kRunning}, {-20, kComplete}}), era({})), "");
  EXPECT_EQ(fault_of(task({{-50, kNotStarted}, {-40, kRunning}, {65, kComplete}}),
                     era({step(kRunning, kComplete, 72)})),
            "");
}

TEST(Judge, NoticesThatSomethingIsTold) {
  EXPECT_THAT(fault_of(kOrdinary, era({})), HasSubstr("was not told"));
  EXPECT_NE(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32)})), "");
}

TEST(Judge, NoticesThatSomethingIsToldTwice) {
  EXPECT_THAT(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32), step(kNotStarted, kRunning, 42),
                                       step(kRunning, kComplete, 72)})),
              HasSubstr("step 2 begins with not_started"));
  EXPECT_NE(fault_of(task({{-50, kNotStarted}, {-40, kRunning}}), era({step(kNotStarted, kRunning, 32)})), "")
      << "it had happened before the baseline";
}

TEST(Judge, NoticesWhatNeverHappened) {
  EXPECT_NE(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32), step(kRunning, kTimedOut, 72)})), "");
  EXPECT_NE(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32), step(kRunning, kComplete, 62)})), "")
      << "told before it came";
  EXPECT_NE(fault_of(kOrdinary, era({step(kNotStarted, kRunning, 32), step(kRunning, kVanished, 52),
                                     step(kVanished, kComplete, 72)})),
            "");
}

TEST(Judge, DoesNotAskForWhatNobodyCouldSee) {
  // Running from 33 to 39: between two polls.
  const TrueTask brief = task({{5, kNotStarted}, {33, kRunning}, {39, kComplete}});
  EXPECT_EQ(fault_of(brief, era({step(kNotStarted, kRunning, 42), step(kRunning, kComplete, 42)})), "");
  const TrueTask flicker = task({{5, kNotStarted}, {25, kRunning}, {53, kNotStarted}, {57, kRunning}});
  EXPECT_EQ(fault_of(flicker, era({step(kNotStarted, kRunning, 32)})), "");
}

TEST(Judge, AsksForAReturnThatLasted) {
  const TrueTask back = task({{5, kNotStarted}, {25, kRunning}, {55, kNotStarted}, {95, kRunning}});
  EXPECT_NE(fault_of(back, era({step(kNotStarted, kRunning, 32)})), "");
  EXPECT_EQ(fault_of(back, era({step(kNotStarted, kRunning, 32), step(kRunning, kNotStarted, 62),
                                step(kNotStarted, kRunning, 102)})),
            "");
}

TEST(Judge, AsksForTheEndOfATaskThatVanished) {
  const TrueTask gone = task({{5, kNotStarted}, {25, kRunning}, {65, std::nullopt}});
  EXPECT_NE(fault_of(gone, era({step(kNotStarted, kRunning, 32)})), "");
  EXPECT_EQ(fault_of(gone, era({step(kNotStarted, kRunning, 32), step(kRunning, kVanished, 92)})), "");
}

TEST(Judge, ATaskTooOldToBeListedNeedNotBeTold) {
  Era short_memory = era({});
  for (Look& look : short_memory.looks)
    look.since = look.began;
  EXPECT_EQ(fault_of(task({{-50, kNotStarted}, {-49, kComplete}}), short_memory), "");
}

TEST(Judge, CountsTheStatesThatNobodyCouldMiss) {
  EXPECT_EQ(plain_states({kOrdinary, kOrdinary}, era({})), 6U);
  EXPECT_EQ(plain_states({task({{5, kNotStarted}, {33, kRunning}, {39, kComplete}})}, era({})), 2U);
  EXPECT_EQ(plain_states({kOrdinary}, era({}, 0)), 0U);
}

TEST(Judge, NamesTheTaskOfEachFault) {
  Era told = era({});
  told.told["nobody"] = {step(kNotStarted, kRunning, 32)};
  EXPECT_THAT(judge({kOrdinary}, told), testing::ElementsAre(HasSubstr("task a"), HasSubstr("nobody")));
  EXPECT_THAT(judge({}, era({})), IsEmpty());
}

}  // namespace
}  // namespace sas::flow
