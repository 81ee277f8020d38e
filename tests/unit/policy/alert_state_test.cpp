// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/task_builder.hpp"
#include "tasks/diff.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr AlertLimits kLimits{.stalled_after = minutes{30},
                              .not_started_after = minutes{30},
                              .running_longer_than = hours{6},
                              .timed_out_for = hours{1}};

class AlertStateTest : public testing::Test {
 protected:
  // Sees the rows at a time and judges; what changed comes out as "id alert status".
  std::vector<std::string> judge(std::vector<tasks::Task> rows, Time at) {
    ++observation_.number;
    observation_.at = at;
    tasks::apply(table_, support::page_of(std::move(rows)), observation_);
    std::vector<std::string> told;
    for (const AlertChange& change : state_.update(table_, kLimits, at, "R-1")) {
      told.push_back(change.tracked.task.id + ' ' + std::string(to_string(change.alert)) + ' ' +
                     std::string(to_string(change.status)));
    }
    return told;
  }

  tasks::TaskTable table_{"production"};
  tasks::Observation observation_{.number = 0, .at = kNoon, .telling = tasks::Telling::changes};
  AlertState state_;
};

TEST_F(AlertStateTest, FiresOnceAndResolvesOnce) {
  EXPECT_THAT(judge({support::running("a").items(1, 9)}, kNoon), IsEmpty());
  EXPECT_THAT(judge({support::running("a").items(1, 9)}, kNoon + minutes{30}),
              ElementsAre("a stalled firing"));
  EXPECT_EQ(state_.firing(Alert::stalled), 1U);
  EXPECT_THAT(judge({support::running("a").items(1, 9)}, kNoon + minutes{40}), IsEmpty());
  EXPECT_THAT(judge({support::running("a").items(2, 9)}, kNoon + minutes{50}),
              ElementsAre("a stalled resolved"));
  EXPECT_THAT(judge({support::running("a").items(3, 9)}, kNoon + minutes{60}), IsEmpty());
  EXPECT_EQ(state_.firing(Alert::stalled), 0U);
}

TEST_F(AlertStateTest, ALateCompletionResolvesATimeOut) {
  EXPECT_THAT(judge({support::timed_out("a")}, kNoon), ElementsAre("a timed_out firing"));
  EXPECT_THAT(judge({support::complete("a")}, kNoon + minutes{10}), ElementsAre("a timed_out resolved"));
}

TEST_F(AlertStateTest, OneAlertGivesWayToAnother) {
  EXPECT_THAT(judge({support::running("a")}, kNoon), IsEmpty());
  EXPECT_THAT(judge({support::running("a")}, kNoon + minutes{30}), ElementsAre("a stalled firing"));
  EXPECT_THAT(judge({support::timed_out("a")}, kNoon + minutes{31}),
              ElementsAre("a stalled resolved", "a timed_out firing"));
}

TEST_F(AlertStateTest, AForgottenTaskResolvesItsAlert) {
  judge({support::timed_out("a")}, kNoon);
  table_.erase(*table_.find("a"));
  EXPECT_THAT(judge({}, kNoon + minutes{1}), ElementsAre("a timed_out resolved"));
}

}  // namespace
}  // namespace sas::policy
