// SPDX-License-Identifier: Apache-2.0
#include "alerts/held_alerts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/alert_text.hpp"
#include "support/alert_builder.hpp"

namespace sas::alerts {
namespace {

using std::chrono::minutes;
using support::resolved;
using support::stalled;
using testing::ElementsAre;
using testing::IsEmpty;

class HeldAlertsTest : public testing::Test {
 protected:
  std::vector<std::string> subjects(std::uint64_t number, bool whole) const {
    std::vector<std::string> all;
    for (const HeldAlert& alert : held_.select(number, whole))
      all.push_back(alert.change.subject);
    return all;
  }

  Instant now_{};
  HeldAlerts held_;
};

TEST_F(HeldAlertsTest, WhatChangedLaterIsTold) {
  held_.put(stalled("a"), now_);
  held_.put(stalled("b"), now_);
  held_.put(resolved(stalled("a")), now_);
  EXPECT_EQ(held_.number(), 3U);
  EXPECT_EQ(held_.newer(1), 2U);
  EXPECT_THAT(subjects(2, false), ElementsAre("a"));
  EXPECT_THAT(subjects(3, false), IsEmpty());
  EXPECT_THAT(subjects(3, true), ElementsAre("b")) << "what is over is not said again";
  EXPECT_TRUE(held_.any_firing());
}

TEST_F(HeldAlertsTest, OnlyWhatIsOverIsForgotten) {
  held_.put(stalled("a"), now_);
  held_.put(stalled("b"), now_);
  held_.put(resolved(stalled("b")), now_);
  held_.forget(2);
  EXPECT_EQ(held_.newer(0), 2U);
  held_.forget(3);
  EXPECT_THAT(subjects(0, true), ElementsAre("a"));
  held_.put(resolved(stalled("a")), now_ + minutes{5});
  EXPECT_EQ(held_.give_up(now_ + minutes{4}), 0U);
  EXPECT_EQ(held_.give_up(now_ + minutes{5}), 1U);
  EXPECT_EQ(held_.newer(0), 0U);
  EXPECT_FALSE(held_.any_firing());
}

TEST_F(HeldAlertsTest, LabelsStayAsTheyWereWhenItBegan) {
  held_.put(stalled("a"), now_);
  policy::AlertChange change = resolved(stalled("a"));
  change.evidence.tracked->task.type = "CHECK_ITEM";
  held_.put(change, now_);
  EXPECT_EQ(held_.select(1, false).at(0).get().labels, policy::labels(stalled("a")));
}

TEST_F(HeldAlertsTest, TheSameSubjectOfAnotherTargetIsAnotherAlert) {
  held_.put(stalled("a"), now_);
  policy::AlertChange other = stalled("a");
  other.target = "staging";
  held_.put(other, now_);
  other.alert = policy::Alert::running_longer_than;
  held_.put(other, now_);
  EXPECT_EQ(held_.newer(0), 3U);
}

}  // namespace
}  // namespace sas::alerts
