// SPDX-License-Identifier: Apache-2.0
#include "policy/alert_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/situation.hpp"
#include "support/task_builder.hpp"
#include "tasks/diff.hpp"

namespace sas::policy {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using support::kNoon;
using testing::ElementsAre;
using testing::IsEmpty;

class AlertStateTest : public testing::Test {
 protected:
  AlertStateTest() {
    limits_.stalled_after = minutes{30};
    limits_.not_started_after = minutes{30};
    limits_.running_longer_than = hours{6};
    limits_.ended_for = hours{1};
    limits_.poll_failing_after = minutes{5};
  }

  // Sees the rows at a time and judges; what changed comes out as "subject alert status".
  std::vector<std::string> judge(std::vector<tasks::Task> rows, Time at) {
    ++observation_.number;
    observation_.at = at;
    tasks::apply(scene_.table, support::page_of(std::move(rows)), observation_);
    return judge(Sight::whole_list, at);
  }

  std::vector<std::string> judge(Sight sight, Time at) {
    std::vector<std::string> told;
    const Judgement judgement{.sight = sight, .at = at, .request_id = "R-1"};
    changes_ = state_.update(conditions(scene_.situation(), limits_, at), scene_.table, judgement);
    for (const AlertChange& change : changes_) {
      told.push_back(change.subject + ' ' + std::string(to_string(change.alert)) + ' ' +
                     std::string(to_string(change.status)));
    }
    return told;
  }

  support::Scene scene_;
  AlertLimits limits_;
  tasks::Observation observation_{.number = 0, .at = kNoon, .telling = tasks::Telling::changes};
  AlertState state_;
  std::vector<AlertChange> changes_;
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

TEST_F(AlertStateTest, WhatIsOverIsToldWithTheTaskAsItIsNow) {
  EXPECT_THAT(judge({support::timed_out("a")}, kNoon), ElementsAre("a timed_out firing"));
  EXPECT_THAT(judge({support::complete("a")}, kNoon + minutes{10}), ElementsAre("a timed_out resolved"));
  EXPECT_EQ(changes_.at(0).evidence.tracked->task.status_code, tasks::kComplete);
  EXPECT_EQ(changes_.at(0).since, kNoon);
  EXPECT_EQ(changes_.at(0).at, kNoon + minutes{10});
}

TEST_F(AlertStateTest, OneAlertGivesWayToAnother) {
  EXPECT_THAT(judge({support::running("a")}, kNoon), IsEmpty());
  EXPECT_THAT(judge({support::running("a")}, kNoon + minutes{30}), ElementsAre("a stalled firing"));
  EXPECT_THAT(judge({support::timed_out("a")}, kNoon + minutes{31}),
              ElementsAre("a stalled resolved", "a timed_out firing"));
}

TEST_F(AlertStateTest, AForgottenTaskResolvesItsAlert) {
  judge({support::timed_out("a")}, kNoon);
  scene_.table.erase(*scene_.table.find("a"));
  EXPECT_THAT(judge({}, kNoon + minutes{1}), ElementsAre("a timed_out resolved"));
}

TEST_F(AlertStateTest, WhileTheListCannotBeReadOnlyThatIsTold) {
  judge({support::timed_out("a")}, kNoon);
  judge({support::timed_out("a"), support::running("b")}, kNoon + minutes{1});
  scene_.trouble = {.since = kNoon + minutes{30}, .failure = PollFailure::server, .detail = "503"};
  EXPECT_THAT(judge(Sight::partial, kNoon + minutes{35}), ElementsAre(" poll_failing firing"))
      << "b may be moving";
  scene_.trouble->failure = PollFailure::network;
  EXPECT_THAT(judge(Sight::partial, kNoon + minutes{61}), IsEmpty()) << "nobody can see that a is over";
  scene_.trouble.reset();
  EXPECT_THAT(judge({support::complete("b")}, kNoon + minutes{62}),
              ElementsAre(" poll_failing resolved", "a timed_out resolved"));
  EXPECT_EQ(changes_.at(0).evidence.cause, "network") << "as last seen";
}

TEST_F(AlertStateTest, WhatIsRestoredFiresOnWithoutBeingTold) {
  judge({support::timed_out("a")}, kNoon);
  std::vector<FiringAlert> kept;
  for (const auto& [key, firing] : state_.firing())
    kept.push_back(firing);
  state_ = {};
  state_.restore(kept);
  EXPECT_EQ(state_.firing(Alert::timed_out), 1U);
  EXPECT_THAT(judge({support::timed_out("a")}, kNoon + minutes{1}), IsEmpty());
  EXPECT_THAT(judge({support::complete("a")}, kNoon + minutes{2}), ElementsAre("a timed_out resolved"));
  EXPECT_EQ(changes_.at(0).since, kNoon);
}

}  // namespace
}  // namespace sas::policy
