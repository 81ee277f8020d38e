// SPDX-License-Identifier: Apache-2.0
#include "tasks/diff.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::tasks {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::complete;
using support::kNoon;
using support::not_started;
using support::page_of;
using support::running;
using support::timed_out;
using testing::ElementsAre;
using testing::IsEmpty;

// Looks at a table again and again, ten minutes apart, the first time as a baseline.
class Diff : public testing::Test {
 protected:
  Changes look(std::vector<Task> rows) {
    next_look();
    return apply(table_, page_of(std::move(rows), "R-" + std::to_string(observation_.number)), observation_);
  }

  void next_look() {
    observation_ = {.number = observation_.number + 1,
                    .at = kNoon + minutes{10} * static_cast<int>(observation_.number),
                    .telling = observation_.number == 0 ? Telling::baseline : Telling::changes};
  }

  const TrackedTask& tracked(std::string_view id) { return table_.at(*table_.find(id)); }

  TaskTable table_{"production"};
  Observation observation_;
};

std::vector<std::string> steps(const Changes& changes) {
  std::vector<std::string> told;
  for (const Transition& step : changes.transitions) {
    told.push_back(step.task.id + ' ' + std::to_string(step.from) + std::to_string(step.to) + ' ' +
                   std::string(to_string(step.observed)));
  }
  return told;
}

std::vector<std::string> fields(const Changes& changes) {
  std::vector<std::string> names;
  for (const Violation& violation : changes.violations)
    names.push_back(violation.field);
  return names;
}

TEST_F(Diff, BaselineTellsNothing) {
  const Changes changes = look({not_started("a"), running("b"), complete("c"), timed_out("d")});
  EXPECT_THAT(changes.transitions, IsEmpty());
  EXPECT_EQ(changes.updated.size(), 4U);
  EXPECT_EQ(table_.size(), 4U);
}

TEST_F(Diff, SameRowsAgainChangeNothing) {
  look({running("a").items(3, 9)});
  const Changes changes = look({running("a").items(3, 9)});
  EXPECT_THAT(changes.transitions, IsEmpty());
  EXPECT_THAT(changes.updated, IsEmpty());
  EXPECT_EQ(tracked("a").last_seen, observation_.at);
}

TEST_F(Diff, AStepThatWasSeenIsDirect) {
  look({not_started("a"), running("b"), running("c")});
  EXPECT_THAT(steps(look({running("a"), complete("b"), timed_out("c")})),
              ElementsAre("a 01 direct", "b 12 direct", "c 13 direct"));
}

TEST_F(Diff, AStepIsToldOnce) {
  look({running("a")});
  EXPECT_THAT(steps(look({complete("a")})), ElementsAre("a 12 direct"));
  EXPECT_THAT(steps(look({complete("a")})), IsEmpty());
}

TEST_F(Diff, ASkippedStepIsFilledInAsInferred) {
  look({not_started("a"), not_started("b")});
  EXPECT_THAT(steps(look({complete("a"), timed_out("b").started(kNoon)})),
              ElementsAre("a 01 inferred", "a 12 direct", "b 01 inferred", "b 13 direct"));
}

TEST_F(Diff, ATaskThatWasBornBetweenTwoLooksHasInferredSteps) {
  look({});
  EXPECT_THAT(
      steps(look({not_started("a"), running("b"), complete("c"), timed_out("d").started(kNoon)})),
      ElementsAre("b 01 inferred", "c 01 inferred", "c 12 inferred", "d 01 inferred", "d 13 inferred"));
}

TEST_F(Diff, WhoTimedOutWithoutAStartHasNotBeenRunning) {
  look({not_started("a")});
  EXPECT_THAT(steps(look({timed_out("a"), timed_out("b")})), ElementsAre("a 03 direct", "b 03 inferred"));
}

TEST_F(Diff, DuringTheBaselineKnownTasksAreToldAndNewOnesAreNot) {
  look({running("a")});
  next_look();
  observation_.telling = Telling::baseline;  // the first poll broke off after its first page
  const Changes changes = apply(table_, page_of({complete("a"), complete("b")}), observation_);
  EXPECT_THAT(steps(changes), ElementsAre("a 12 direct"));
}

TEST_F(Diff, LateCompletionIsToldAndDocumentedBehaviour) {
  look({timed_out("a")});
  const Changes changes = look({complete("a")});
  EXPECT_THAT(steps(changes), ElementsAre("a 32 direct"));
  EXPECT_THAT(changes.violations, IsEmpty());
}

TEST_F(Diff, GoingBackIsToldAsItIsAndBreaksTheContract) {
  look({complete("a"), running("b"), timed_out("c")});
  const Changes changes = look({running("a"), not_started("b"), running("c")});
  EXPECT_THAT(steps(changes), ElementsAre("a 21 direct", "b 10 direct", "c 31 direct"));
  EXPECT_THAT(fields(changes), ElementsAre("StatusCode", "StatusCode", "StatusCode"));
}

TEST_F(Diff, AnUnknownStatusIsToldAsItIs) {
  look({running("a")});
  EXPECT_THAT(steps(look({support::TaskBuilder("a").status(7), support::TaskBuilder("b").status(7)})),
              ElementsAre("a 17 direct"));
  EXPECT_THAT(steps(look({complete("a"), complete("b")})), ElementsAre("a 72 direct", "b 72 direct"));
}

TEST_F(Diff, ProgressOnEitherAxisCountsAsASignOfLife) {
  look({running("a").items(1, 9).subtasks(0, 3)});
  look({running("a").items(2, 9).subtasks(0, 3)});
  EXPECT_EQ(tracked("a").items_progressed, kNoon + minutes{10});
  EXPECT_EQ(tracked("a").subtasks_progressed, kNoon);
  look({running("a").items(2, 9).subtasks(1, 3)});
  EXPECT_EQ(tracked("a").last_progress(), kNoon + minutes{20});
  look({running("a").items(2, 9).subtasks(1, 3)});
  EXPECT_EQ(tracked("a").last_progress(), kNoon + minutes{20});
}

TEST_F(Diff, AGrowingTotalIsNoProgress) {
  look({running("a").items(1, 9)});
  const Changes changes = look({running("a").items(1, 20)});
  EXPECT_EQ(tracked("a").last_progress(), kNoon);
  EXPECT_THAT(changes.violations, IsEmpty());
  EXPECT_EQ(changes.updated.size(), 1U);
}

TEST_F(Diff, ShrinkingProgressIsKeptAndBreaksTheContract) {
  look({running("a").items(5, 9).subtasks(2, 3)});
  const Changes changes = look({running("a").items(4, 9).subtasks(1, 3)});
  EXPECT_THAT(fields(changes), ElementsAre("FinishCount", "DetailTaskReadyCount"));
  EXPECT_EQ(tracked("a").task.finish_count, 4);
}

TEST_F(Diff, ABrokenRowIsReportedWhenItChangesAndNotWithEveryLook) {
  look({running("a").items(12, 9)});
  EXPECT_THAT(look({running("a").items(12, 9)}).violations, IsEmpty());
  EXPECT_THAT(fields(look({running("a").items(13, 9)})), ElementsAre("FinishCount"));
}

TEST_F(Diff, TheStalerRowOfOneLookIsIgnored) {
  look({running("a").items(1, 9)});
  next_look();
  EXPECT_THAT(steps(apply(table_, page_of({complete("a").items(9, 9)}), observation_)),
              ElementsAre("a 12 direct"));
  EXPECT_THAT(steps(apply(table_, page_of({running("a").items(8, 9)}), observation_)), IsEmpty());
  EXPECT_EQ(tracked("a").task.status_code, kComplete);
}

TEST_F(Diff, TheNewerRowOfOneLookIsTaken) {
  look({running("a")});
  next_look();
  apply(table_, page_of({running("a")}), observation_);
  EXPECT_THAT(steps(apply(table_, page_of({timed_out("a")}), observation_)), ElementsAre("a 13 direct"));
}

TEST_F(Diff, AnEndCarriesItsDurationAndRequestId) {
  look({running("a").started(kNoon)});
  const Changes changes = look({complete("a").started(kNoon).ended(kNoon + minutes{7})});
  ASSERT_EQ(changes.transitions.size(), 1U);
  EXPECT_EQ(changes.transitions[0].duration, minutes{7});
  EXPECT_EQ(changes.transitions[0].request_id, "R-2");
  EXPECT_EQ(changes.transitions[0].seen_at, observation_.at);
}

TEST_F(Diff, MissingAreThoseThatHaveNotEndedAndWereNotSeen) {
  look({running("a"), not_started("b"), complete("c"), support::TaskBuilder("d").status(9), running("e")});
  look({running("a")});
  std::vector<std::string> ids;
  for (const Slot slot : missing(table_, observation_))
    ids.push_back(table_.at(slot).task.id);
  EXPECT_THAT(ids, ElementsAre("b", "d", "e"));
}

TEST_F(Diff, ATaskIsForgottenWhenItEndedAndHasNotBeenListedForLong) {
  look({complete("old"), running("active"), complete("listed")});
  const Time seen_last = observation_.at;
  look({complete("listed")});
  EXPECT_EQ(forget(table_, seen_last, observation_), 0U) << "it may be reopened";
  EXPECT_EQ(forget(table_, seen_last + Milliseconds{1}, observation_), 1U);
  EXPECT_FALSE(table_.find("old"));
  EXPECT_TRUE(table_.find("active"));
  EXPECT_TRUE(table_.find("listed"));
}

TEST_F(Diff, WhiteSpaceAroundAnIdMakesNoOtherTask) {
  look({running("a\n")});
  EXPECT_THAT(steps(look({complete("a")})), ElementsAre("a 12 direct"));
  EXPECT_EQ(table_.size(), 1U);
  EXPECT_EQ(tracked("a\n").task.id, "a") << "asked for as it was last given";
}

TEST_F(Diff, AShownTaskWhoseTypeChangesIsShownUnderItsNewOne) {
  look({running("a")});
  const Slot slot = *table_.find("a");
  table_.show(slot);
  look({running("a").type("CHECK_ITEM")});
  ASSERT_TRUE(table_.is_shown(slot));
  EXPECT_EQ(table_.publish().blocks[0]->labels(slot),
            R"(target="production",task_id="a",task_type="CHECK_ITEM")");
}

TEST_F(Diff, WhatSubtasksCameToBelongsToTheEndThatWasSeen) {
  const auto know = [this] { table_.set_subtasks(*table_.find("a"), {.by_status = {0, 0, 4, 0, 1, 0}}); };
  look({timed_out("a")});
  know();
  look({timed_out("a").items(1, 2)});
  EXPECT_TRUE(tracked("a").subtasks) << "another number is no other end";
  look({complete("a")});
  EXPECT_FALSE(tracked("a").subtasks);
  know();
  look({running("a")});
  EXPECT_FALSE(tracked("a").subtasks) << "it was reopened";
  know();
  for (unsigned absence = 0; absence < kAbsencesToVanish; ++absence) {
    look({});
    note_absences(table_, observation_);
  }
  EXPECT_FALSE(tracked("a").subtasks) << "it vanished";
}

TEST_F(Diff, ViolationsOfThePageArePassedOn) {
  Page page = page_of({running("a")});
  page.violations.push_back({.field = "PageInfo", .detail = "missing"});
  next_look();
  EXPECT_THAT(fields(apply(table_, std::move(page), observation_)), ElementsAre("PageInfo"));
}

TEST_F(Diff, TheThirdAbsenceInARowIsTheEndOfATask) {
  look({not_started("a"), running("b"), complete("c")});
  for (unsigned absence = 1; absence < kAbsencesToVanish; ++absence) {
    next_look();
    EXPECT_THAT(steps(note_absences(table_, observation_)), IsEmpty());
  }
  next_look();
  const Changes changes = note_absences(table_, observation_);
  ASSERT_EQ(changes.transitions.size(), 2U);
  EXPECT_EQ(changes.transitions[0].task.id, "a");
  EXPECT_EQ(changes.transitions[0].from, kNotStarted);
  EXPECT_EQ(changes.transitions[0].to, kVanished);
  EXPECT_EQ(changes.transitions[0].observed, Observed::inferred);
  EXPECT_EQ(changes.transitions[1].from, kRunning);
  EXPECT_EQ(changes.updated.size(), 2U);
  next_look();
  EXPECT_THAT(steps(note_absences(table_, observation_)), IsEmpty()) << "told again";
}

TEST_F(Diff, ATraceBetweenAbsencesStartsTheCountAgain) {
  look({running("a")});
  for (int round = 0; round < 3; ++round) {
    for (unsigned absence = 1; absence < kAbsencesToVanish; ++absence) {
      next_look();
      EXPECT_THAT(steps(note_absences(table_, observation_)), IsEmpty());
    }
    look({running("a")});
  }
}

TEST_F(Diff, ATaskThatVanishedCanComeBack) {
  look({running("a")});
  for (unsigned absence = 0; absence < kAbsencesToVanish; ++absence) {
    next_look();
    note_absences(table_, observation_);
  }
  const Changes changes = look({complete("a")});
  ASSERT_EQ(changes.transitions.size(), 1U);
  EXPECT_EQ(changes.transitions[0].from, kVanished);
  EXPECT_EQ(changes.transitions[0].to, kComplete);
  EXPECT_EQ(changes.transitions[0].observed, Observed::direct);
}

TEST_F(Diff, WhatVanishedIsForgottenWhenItsAbsenceIsOld) {
  look({running("a")});
  for (unsigned absence = 0; absence < kAbsencesToVanish; ++absence) {
    next_look();
    note_absences(table_, observation_);
  }
  EXPECT_EQ(forget(table_, observation_.at, observation_), 0U);
  EXPECT_EQ(forget(table_, observation_.at + minutes{1}, observation_), 1U);
}

}  // namespace
}  // namespace sas::tasks
