// SPDX-License-Identifier: Apache-2.0
#include "polling/scheduler.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/task_group.hpp"
#include "support/polling_fixture.hpp"
#include "support/task_builder.hpp"

namespace sas::polling {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using support::complete;
using support::running;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SchedulerTest : public support::PollingFixture {
 protected:
  void start() {
    group_.spawn("poll production", watched_.keep_polling(runtime::Clock::now(), [] { return 0.5; }));
  }

  void TearDown() override {
    group_.request_stop();
    EXPECT_TRUE(await(group_.join(runtime::Clock::now() + seconds{5})));
  }

  std::string polls(const std::string& result) const {
    return metric("sas_operation_polls_total{result=\"" + result + "\",target=\"production\"}");
  }

  void fail_next(int times) {
    const auto failure = [](const auto&) -> Result<tasks::Page> {
      return Error{.kind = ErrorKind::give_up,
                   .cause = ErrorCause::permission,
                   .message = "no",
                   .code = "NoPermission"};
    };
    for (int i = 0; i < times; ++i)
      source_.answers.emplace_back(failure);
  }

  Target target_{.name = "production", .endpoint = "", .ca_file = "", .task_types = {}, .task_sources = {}};
  WatchedTarget watched_{target_, limits(), source_, metrics_, dispatcher_, key_, keeper_, log_.log()};
  runtime::TaskGroup group_{executor(), [](const std::string& name, const std::exception_ptr&) {
                              ADD_FAILURE() << name << " ended by an exception";
                            }};
};

TEST_F(SchedulerTest, PollsAtOnceThenAtTheIntervalWhileSomethingIsActive) {
  source_.tasks = {running("a").created(kStart)};
  start();
  run_for(seconds{1});
  EXPECT_EQ(polls("complete"), "1");
  run_for(minutes{5});
  EXPECT_EQ(polls("complete"), "11");
}

TEST_F(SchedulerTest, PollsSeldomWhileNothingIsActive) {
  start();
  run_for(minutes{10} + seconds{1});
  EXPECT_EQ(polls("complete"), "6");
}

TEST_F(SchedulerTest, SuccessIsShownWithTheStartOfThePoll) {
  source_.latency = seconds{2};
  start();
  run_for(seconds{1});
  EXPECT_EQ(metric("sas_operation_up{target=\"production\"}"), "0");
  run_for(seconds{10});
  EXPECT_EQ(metric("sas_operation_up{target=\"production\"}"), "1");
  EXPECT_EQ(std::stod(metric("sas_operation_last_poll_success_timestamp_seconds{target=\"production\"}")),
            static_cast<double>(kStart.time_since_epoch().count()) / 1000.0);
}

TEST_F(SchedulerTest, AFailingTargetIsAskedLessOftenAndToldOnce) {
  fail_next(4);
  start();
  run_for(seconds{1});
  EXPECT_EQ(metric("sas_operation_up{target=\"production\"}"), "0");
  EXPECT_TRUE(watched_.health().tried);
  EXPECT_FALSE(watched_.health().last_success);
  run_for(seconds{30 + 60 + 120});  // 4 polls: after 0, 30, 90 and 210 seconds
  EXPECT_EQ(polls("failed"), "4");
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("poll did not complete")));
  run_for(seconds{120});
  EXPECT_EQ(polls("complete"), "1");
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("NoPermission"), HasSubstr("no tasks found"),
                                        HasSubstr("polls complete again")));
}

TEST_F(SchedulerTest, ALifeIsToldStepByStep) {
  source_.tasks = {support::not_started("a").created(kStart)};
  start();
  run_for(seconds{45});
  source_.tasks = {running("a").created(kStart).items(1, 9)};
  run_for(seconds{30});
  source_.tasks = {complete("a").created(kStart).items(9, 9).ended(now())};
  run_for(seconds{30});
  EXPECT_THAT(told(), ElementsAre("a not_started -> running", "a running -> complete"));
  EXPECT_EQ(
      metric(
          "sas_operation_task_transitions_total{from=\"running\",observed=\"direct\",target=\"production\","
          "task_type=\"CHECK_ALL\",to=\"complete\"}"),
      "1");
}

TEST_F(SchedulerTest, AStalledTaskFiresOnceAndResolvesWhenItMoves) {
  source_.tasks = {running("a").created(kStart).items(1, 9)};
  start();
  run_for(minutes{29});
  EXPECT_THAT(told(), IsEmpty());
  run_for(minutes{60});
  EXPECT_THAT(told(), ElementsAre("a stalled firing"));
  EXPECT_EQ(metric("sas_operation_alerts_firing{alert=\"stalled\",target=\"production\"}"), "1");
  source_.tasks = {running("a").created(kStart).items(2, 9)};
  run_for(minutes{5});
  EXPECT_THAT(told(), ElementsAre("a stalled resolved"));
  EXPECT_EQ(metric("sas_operation_alerts_firing{alert=\"stalled\",target=\"production\"}"), "0");
}

TEST_F(SchedulerTest, NothingStallsBecausePollsFail) {
  source_.tasks = {running("a").created(kStart).items(1, 9)};
  start();
  run_for(seconds{1});
  fail_next(1'000);
  run_for(minutes{600});
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(SchedulerTest, OtherTermsCountFromTheNextPollOn) {
  source_.tasks = {running("a").created(kStart)};
  start();
  run_for(seconds{1});
  const auto other = std::make_shared<support::FakeOperationsSource>();
  other->tasks = {complete("a").created(kStart).ended(kStart)};
  WatchedTarget::Limits slower = limits();
  slower.cadence.interval = slower.cadence.idle_interval = minutes{10};
  watched_.change({.target = target_, .limits = slower, .source = other});
  run_for(seconds{28});
  EXPECT_EQ(polls("complete"), "1") << "the next poll comes when it was due";
  run_for(seconds{2});
  EXPECT_EQ(polls("complete"), "2");
  EXPECT_THAT(told(), ElementsAre("a running -> complete")) << "what was known stays known";
  run_for(minutes{9});
  EXPECT_EQ(polls("complete"), "2");
  run_for(minutes{1});
  EXPECT_EQ(polls("complete"), "3");
}

TEST_F(SchedulerTest, AShorterIntervalIsNotWaitedFor) {
  start();  // nothing is active: the next poll is due in two minutes
  run_for(seconds{10});
  WatchedTarget::Limits faster = limits();
  faster.cadence.interval = seconds{5};
  watched_.change({.target = target_,
                   .limits = faster,
                   .source = std::shared_ptr<cloud::OperationsSource>(std::shared_ptr<void>{}, &source_)});
  run_for(seconds{6});
  EXPECT_EQ(polls("complete"), "2");
}

TEST_F(SchedulerTest, WhoeverLeavesEndsWithThePollThatIsUnderWay) {
  source_.tasks = {running("a").created(kStart)};
  start();
  run_for(seconds{29});
  source_.tasks = {complete("a").created(kStart).ended(kStart)};
  source_.latency = seconds{5};
  run_for(seconds{3});
  watched_.leave();
  run_for(minutes{5});
  EXPECT_EQ(polls("complete"), "2");
  EXPECT_THAT(told(), ElementsAre("a running -> complete"));
  EXPECT_EQ(group_.size(), 0U);
}

TEST_F(SchedulerTest, WhoeverLeavesBetweenPollsEndsAtOnceUnlessItIsTakenBack) {
  start();
  run_for(seconds{1});
  watched_.leave();
  watched_.leave(false);
  run_for(seconds{1});
  EXPECT_EQ(group_.size(), 1U);
  watched_.leave();
  run_for(seconds{1});
  EXPECT_EQ(group_.size(), 0U);
  EXPECT_EQ(polls("complete"), "1");
}

}  // namespace
}  // namespace sas::polling
