// SPDX-License-Identifier: Apache-2.0
#include "tasks/contract.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::tasks {
namespace {

using std::chrono::hours;
using support::complete;
using support::kNoon;
using support::running;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> fields(const std::vector<Violation>& violations) {
  std::vector<std::string> names;
  for (const Violation& violation : violations)
    names.push_back(violation.field);
  return names;
}

TEST(Contract, AnOrdinaryRowKeepsIt) {
  EXPECT_THAT(check_row(running("a").items(197, 337).subtasks(5, 10).started(kNoon), kNoon), IsEmpty());
  EXPECT_THAT(check_row(complete("a").started(kNoon - hours{1}).ended(kNoon), kNoon), IsEmpty());
  EXPECT_THAT(check_row(Task{}, kNoon), IsEmpty());
}

TEST(Contract, MoreFinishedThanThereIsBreaksIt) {
  EXPECT_THAT(fields(check_row(running("a").items(10, 9).subtasks(4, 3), kNoon)),
              ElementsAre("FinishCount", "DetailTaskReadyCount"));
}

TEST(Contract, TimesToComeBreakItBeyondWhatClocksDiffer) {
  EXPECT_THAT(check_row(running("a").created(kNoon + std::chrono::minutes{4}), kNoon), IsEmpty());
  EXPECT_THAT(fields(check_row(running("a").created(kNoon + hours{1}).started(kNoon + hours{2}), kNoon)),
              ElementsAre("CreateTime", "StartTime"));
}

TEST(Contract, AnUnfinishedTasksEndTimeIsNotJudged) {
  EXPECT_THAT(check_row(running("a").started(kNoon).ended(kNoon - hours{1}), kNoon), IsEmpty());
  EXPECT_THAT(fields(check_row(complete("a").started(kNoon).ended(kNoon - hours{1}), kNoon)),
              ElementsAre("EndTime"));
}

TEST(Contract, TypeAndCreationNeverChange) {
  EXPECT_THAT(fields(check_step(running("a"), running("a").type("CHECK_ITEM").created(kNoon + hours{1}))),
              ElementsAre("TaskType", "CreateTime"));
}

struct Step {
  StatusCode from;
  StatusCode to;
  bool allowed;
};

class ContractStep : public testing::TestWithParam<Step> {};

TEST_P(ContractStep, IsJudged) {
  const auto [from, to, allowed] = GetParam();
  const auto found = check_step(support::TaskBuilder("a").status(from), support::TaskBuilder("a").status(to));
  EXPECT_EQ(found.empty(), allowed) << from << " to " << to;
}

INSTANTIATE_TEST_SUITE_P(All, ContractStep,
                         testing::Values(Step{0, 1, true}, Step{0, 2, true}, Step{0, 3, true},
                                         Step{1, 2, true}, Step{1, 3, true}, Step{3, 2, true},
                                         Step{1, 0, false}, Step{2, 0, false}, Step{2, 1, false},
                                         Step{2, 3, false}, Step{3, 0, false}, Step{3, 1, false},
                                         Step{1, 9, true}, Step{9, 0, true}));

}  // namespace
}  // namespace sas::tasks
