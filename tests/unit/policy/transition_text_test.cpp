// SPDX-License-Identifier: Apache-2.0
#include "policy/transition_text.hpp"

#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using namespace std::chrono_literals;
using support::kNoon;

TEST(TransitionText, AnEndSaysHowLongItRan) {
  const tasks::Transition transition{.task = support::complete("a\n").items(9, 9),
                                     .from = tasks::kRunning,
                                     .to = tasks::kComplete,
                                     .observed = tasks::Observed::direct,
                                     .seen_at = kNoon,
                                     .duration = 90s,
                                     .request_id = "R-1"};
  const Wording wording = describe("production", transition);
  EXPECT_EQ(wording.summary, "Task a (CHECK_ALL) of production has completed");
  EXPECT_EQ(wording.description,
            "From running to complete, seen at 2026-01-02T12:00:00Z. It ran for 1m30s. Done: 9 of 9 items.");
}

TEST(TransitionText, AnInferredStepSaysSo) {
  const tasks::Transition transition{.task = support::running("a"),
                                     .from = tasks::kNotStarted,
                                     .to = tasks::kRunning,
                                     .observed = tasks::Observed::inferred,
                                     .seen_at = kNoon,
                                     .duration = std::nullopt,
                                     .request_id = "R-1"};
  EXPECT_EQ(describe("production", transition).description,
            "From not_started to running, seen at 2026-01-02T12:00:00Z. It happened between two looks.");
}

TEST(TransitionText, EveryStateHasItsWords) {
  const auto summary = [](tasks::StatusCode to) {
    const tasks::Transition transition{.task = support::TaskBuilder("a").status(to),
                                       .from = tasks::kRunning,
                                       .to = to,
                                       .seen_at = kNoon,
                                       .duration = std::nullopt,
                                       .request_id = {}};
    return describe("production", transition).summary;
  };
  const std::string task = "Task a (CHECK_ALL) of production ";
  EXPECT_EQ(summary(tasks::kNotStarted), task + "is waiting to start");
  EXPECT_EQ(summary(tasks::kRunning), task + "has started");
  EXPECT_EQ(summary(tasks::kComplete), task + "has completed");
  EXPECT_EQ(summary(tasks::kTimedOut), task + "has timed out");
  EXPECT_EQ(summary(tasks::kVanished), task + "is no more");
  EXPECT_EQ(summary(17), task + "is in an unknown state");
}

}  // namespace
}  // namespace sas::policy
