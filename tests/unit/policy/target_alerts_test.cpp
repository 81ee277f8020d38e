// SPDX-License-Identifier: Apache-2.0
#include "policy/target_alerts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

AlertLimits limits() {
  AlertLimits limits;
  limits.poll_failing_after = minutes{5};
  limits.credentials_expiring_within = minutes{10};
  limits.contract_drift_for = hours{1};
  limits.expect = {{.task_type = "CHECK_SCHEDULE", .within = hours{48}}};
  return limits;
}

class TargetAlertsTest : public testing::Test {
 protected:
  // "alert status" of each change.
  std::vector<std::string> judge(Time at) {
    std::vector<std::string> told;
    changes_ = alerts_.judge(table_, key_, at, "R-1");
    for (const AlertChange& change : changes_)
      told.push_back(std::string(to_string(change.alert)) + ' ' + std::string(to_string(change.status)));
    return told;
  }

  // What another process goes on with.
  void restart() {
    std::vector<FiringAlert> firing;
    for (const auto& [key, alert] : alerts_.state().firing())
      firing.push_back(alert);
    TargetAlerts next(limits(), {});
    next.restore(alerts_.watched_since(), alerts_.runs().by_type(), std::move(firing));
    alerts_ = std::move(next);
    key_ = {};
  }

  tasks::TaskTable table_{"production"};
  KeyHealth key_;
  TargetAlerts alerts_{limits(), {}};
  std::vector<AlertChange> changes_;
};

TEST_F(TargetAlertsTest, FailingPollsFireOnceAcrossARestart) {
  alerts_.poll_failed(kNoon, PollFailure::server, "503");
  EXPECT_THAT(judge(kNoon), IsEmpty());
  alerts_.poll_failed(kNoon + minutes{5}, PollFailure::server, "503");
  EXPECT_THAT(judge(kNoon + minutes{5}), ElementsAre("poll_failing firing"));
  restart();
  EXPECT_THAT(judge(kNoon + minutes{6}), IsEmpty()) << "nobody has looked yet";
  alerts_.poll_failed(kNoon + minutes{7}, PollFailure::network, "refused");
  EXPECT_THAT(judge(kNoon + minutes{7}), IsEmpty());
  alerts_.poll_completed(kNoon + minutes{8}, true);
  EXPECT_THAT(judge(kNoon + minutes{8}), ElementsAre("poll_failing resolved"));
  EXPECT_EQ(changes_.at(0).evidence.cause, "network");
  EXPECT_EQ(changes_.at(0).since, kNoon + minutes{5});
}

TEST_F(TargetAlertsTest, ACompletePollInBetweenBeginsAnew) {
  alerts_.poll_failed(kNoon, PollFailure::server, "503");
  alerts_.poll_completed(kNoon + minutes{4}, true);
  alerts_.poll_failed(kNoon + minutes{6}, PollFailure::server, "503");
  EXPECT_THAT(judge(kNoon + minutes{6}), IsEmpty());
}

TEST_F(TargetAlertsTest, AServiceThatIsLeftAloneFailsForWhatItWasLeftAloneFor) {
  EXPECT_EQ(alerts_.poll_failed(kNoon, PollFailure::server, "503"), PollFailure::server);
  EXPECT_EQ(alerts_.poll_failed(kNoon + minutes{1}, std::nullopt, "left alone"), PollFailure::server);
  EXPECT_EQ(alerts_.poll_failed(kNoon + minutes{2}, PollFailure::auth, "key"), PollFailure::auth);
}

TEST_F(TargetAlertsTest, AnExpiringKeyFiresOnAfterARestartUntilAKeyHasSigned) {
  alerts_.poll_completed(kNoon, true);
  key_ = {.has_signed = true, .expires = kNoon + minutes{9}, .renewal_failed = true};
  EXPECT_THAT(judge(kNoon), ElementsAre("credentials_expiring firing"));
  restart();
  alerts_.poll_failed(kNoon + minutes{1}, PollFailure::auth, "no key");
  EXPECT_THAT(judge(kNoon + minutes{1}), IsEmpty());
  key_ = {.has_signed = true, .expires = kNoon + hours{1}, .renewal_failed = false};
  EXPECT_THAT(judge(kNoon + minutes{2}), ElementsAre("credentials_expiring resolved"));
}

TEST_F(TargetAlertsTest, DriftNamesItsFieldsAndEndsWhenNoneIsSeenForLong) {
  alerts_.poll_completed(kNoon, true);
  alerts_.contract_broken("StatusCode", kNoon);
  alerts_.contract_broken("TaskType", kNoon);
  EXPECT_THAT(judge(kNoon), ElementsAre("contract_drift firing"));
  EXPECT_EQ(changes_.at(0).evidence.detail, "StatusCode, TaskType");
  restart();
  EXPECT_THAT(judge(kNoon + minutes{59}), IsEmpty());
  EXPECT_THAT(judge(kNoon + minutes{60}), ElementsAre("contract_drift resolved"));
  alerts_.contract_broken("EndTime", kNoon + hours{3});
  judge(kNoon + hours{3});
  EXPECT_EQ(changes_.at(0).evidence.detail, "EndTime") << "what was before is over";
}

TEST_F(TargetAlertsTest, OfDriftingFieldsNoMoreThanTwentyAreNamed) {
  for (int i = 0; i < 100; ++i)
    alerts_.contract_broken("field" + std::to_string(i), kNoon);
  judge(kNoon);
  const std::string& detail = changes_.at(0).evidence.detail;
  EXPECT_EQ(std::count(detail.begin(), detail.end(), ','), 19);
}

TEST_F(TargetAlertsTest, WhatIsExpectedIsMissedFromTheFirstTrustworthyLookOnAcrossRestarts) {
  alerts_.poll_completed(kNoon - hours{1}, false);
  alerts_.poll_completed(kNoon, true);
  restart();
  alerts_.poll_completed(kNoon + hours{47}, true);
  EXPECT_THAT(judge(kNoon + hours{47}), IsEmpty());
  EXPECT_THAT(judge(kNoon + hours{48}), ElementsAre("expected_check_missing firing"));
  alerts_.run_completed("CHECK_SCHEDULE", kNoon + hours{48}, minutes{30});
  EXPECT_THAT(judge(kNoon + hours{49}), ElementsAre("expected_check_missing resolved"));
  restart();
  EXPECT_THAT(judge(kNoon + hours{95}), IsEmpty()) << "it is remembered when it completed";
}

}  // namespace
}  // namespace sas::policy
