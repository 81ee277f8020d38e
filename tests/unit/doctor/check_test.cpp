// SPDX-License-Identifier: Apache-2.0
#include "doctor/check.hpp"

#include <gtest/gtest.h>

namespace sas::doctor {
namespace {

Check made(Step step, Status status = Status::ok) {
  return {.step = step, .status = status};
}

TEST(DoctorCheck, EachStepAndStatusHasItsName) {
  EXPECT_EQ(name_of(Step::settings), "settings");
  EXPECT_EQ(name_of(Step::list_permission), "list_permission");
  EXPECT_EQ(name_of(Step::budget), "budget");
  EXPECT_EQ(name_of(Status::failed), "failed");
}

TEST(DoctorCheck, StepThatNeedsNothingThatFailedIsOpen) {
  const std::vector<Check> checks{made(Step::settings), made(Step::dns, Status::warning)};
  EXPECT_EQ(blocking(Step::tcp, checks), std::nullopt);
  EXPECT_EQ(blocking(Step::credentials, checks), std::nullopt);
}

TEST(DoctorCheck, WhatFailedFirstIsTheReasonOfAllThatNeedIt) {
  std::vector<Check> checks{made(Step::settings), made(Step::dns, Status::failed)};
  for (const Step step : {Step::tcp, Step::tls, Step::clock}) {
    ASSERT_EQ(blocking(step, checks), Step::dns) << name_of(step);
    checks.push_back(skipped(step, Step::dns));
  }
  EXPECT_EQ(blocking(Step::credentials, checks), std::nullopt);
  checks.push_back(made(Step::credentials));
  EXPECT_EQ(blocking(Step::identity, checks), std::nullopt);
  EXPECT_EQ(blocking(Step::list_permission, checks), Step::dns);
  EXPECT_EQ(blocking(Step::budget, checks), std::nullopt);
}

TEST(DoctorCheck, ClockThatIsOffBlocksNothing) {
  const std::vector<Check> checks{made(Step::tls), made(Step::clock, Status::failed),
                                  made(Step::credentials)};
  EXPECT_EQ(blocking(Step::list_permission, checks), std::nullopt);
}

TEST(DoctorCheck, MissingPermissionToListLeavesDetailsOpenAndThePageClosed) {
  std::vector<Check> checks{made(Step::tls),
                            made(Step::credentials),
                            {.step = Step::list_permission, .status = Status::failed, .wants_policy = true}};
  EXPECT_EQ(blocking(Step::detail_permission, checks), std::nullopt);
  EXPECT_EQ(blocking(Step::page, checks), Step::list_permission);
  checks.back().wants_policy = false;  // any other failure would only come again
  EXPECT_EQ(blocking(Step::detail_permission, checks), Step::list_permission);
}

TEST(DoctorCheck, SkippedOneNamesWhatItWaitsFor) {
  const Check check = skipped(Step::tls, Step::dns);
  EXPECT_EQ(check.status, Status::skipped);
  EXPECT_EQ(check.blocked_by, Step::dns);
  EXPECT_EQ(check.finding, "needs dns first");
}

TEST(DoctorCheck, WorstFindingCountsAndSkippedIsNone) {
  const Examination fine{.target = "a", .endpoint = {}, .checks = {made(Step::dns)}};
  const Examination odd{.target = "b",
                        .endpoint = {},
                        .checks = {made(Step::dns, Status::warning), made(Step::tcp, Status::skipped)}};
  Examination bad = odd;
  bad.checks.push_back(made(Step::page, Status::failed));
  EXPECT_EQ(worst(Report{}), Status::ok);
  EXPECT_EQ(worst(fine), Status::ok);
  EXPECT_EQ(worst(odd), Status::warning);
  EXPECT_EQ(worst(Report{bad, fine, odd}), Status::failed);
  EXPECT_EQ(worst(Report{fine, odd}), Status::warning);
}

}  // namespace
}  // namespace sas::doctor
