// SPDX-License-Identifier: Apache-2.0
#include "polling/target_poller.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/polling_fixture.hpp"
#include "support/task_builder.hpp"

namespace sas::polling {
namespace {

using policy::PollResult;
using std::chrono::hours;
using std::chrono::minutes;
using support::complete;
using support::not_started;
using support::running;
using support::timed_out;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class TargetPollerTest : public support::PollingFixture {
 protected:
  PollReport poll() {
    PollReport report = await(poller_.poll());
    pipeline_.deliver(1'000, [](std::uint64_t) {});
    return report;
  }

  // A task that was created a while ago, as most are.
  static support::TaskBuilder old(support::TaskBuilder task, Milliseconds age = minutes{5}) {
    return task.created(kStart - age);
  }

  static Error server_error() {
    return {.kind = ErrorKind::retry,
            .cause = ErrorCause::server,
            .message = "ServerError",
            .code = "ServerError"};
  }

  Target target_{.name = "production",
                 .endpoint = "https://service.invalid",
                 .ca_file = "",
                 .task_types = {},
                 .task_sources = {}};
  Pipeline pipeline_{target_, limits().pipeline, metrics_, dispatcher_, key_, log_.log()};
  TargetPoller poller_{target_, source_, pipeline_, 100, [] {}};
};

TEST_F(TargetPollerTest, AsksForTheActiveHoweverOldAndForAllWithinTheLookback) {
  EXPECT_EQ(poll().result, PollResult::complete);
  ASSERT_THAT(source_.requests, SizeIs(2));
  EXPECT_THAT(source_.requests[0].status_codes, ElementsAre(0, 1));
  EXPECT_FALSE(source_.requests[0].start_time);
  EXPECT_THAT(source_.requests[1].status_codes, IsEmpty());
  EXPECT_EQ(source_.requests[1].start_time, kStart - hours{24});
}

TEST_F(TargetPollerTest, NeverSendsEndTime) {
  source_.tasks = {old(running("a"))};
  poll();
  source_.tasks.clear();
  poll();
  for (const auto& request : source_.requests)
    EXPECT_FALSE(request.end_time);
}

TEST_F(TargetPollerTest, SendsTheTargetsFiltersWithEachList) {
  target_.task_types = {"CHECK_ALL"};
  target_.task_sources = {"YAO_CHI"};
  TargetPoller poller(target_, source_, pipeline_, 20, [] {});
  await(poller.poll());
  for (const auto& request : source_.requests) {
    EXPECT_THAT(request.task_types, ElementsAre("CHECK_ALL"));
    EXPECT_THAT(request.task_sources, ElementsAre("YAO_CHI"));
    EXPECT_EQ(request.page_size, 20);
  }
}

TEST_F(TargetPollerTest, ReadsAllPages) {
  for (int i = 0; i < 250; ++i)
    source_.tasks.push_back(old(complete("t" + std::to_string(i))));
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_EQ(pipeline_.table().size(), 250U);
  EXPECT_THAT(source_.requests, SizeIs(1 + 3));
}

TEST_F(TargetPollerTest, AServiceThatClampsThePageSizeIsReadToTheEnd) {
  source_.largest_page = 20;
  for (int i = 0; i < 50; ++i)
    source_.tasks.push_back(old(complete("t" + std::to_string(i))));
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_EQ(pipeline_.table().size(), 50U);
}

TEST_F(TargetPollerTest, ACallThatFailsAtOnceFailsThePoll) {
  source_.answers.push_back([](const auto&) -> Result<tasks::Page> { return server_error(); });
  const PollReport report = poll();
  EXPECT_EQ(report.result, PollResult::failed);
  EXPECT_EQ(report.error->code, "ServerError");
  EXPECT_THAT(source_.requests, SizeIs(1));
}

TEST_F(TargetPollerTest, APageThatFailsLeavesThePollIncompleteAndTakesNothingForGone) {
  source_.tasks = {old(running("a")), old(running("b"))};
  poll();
  source_.tasks = {old(complete("b"))};
  source_.answers.push_back(
      [this](const auto& request) -> Result<tasks::Page> { return source_.page(request); });
  source_.answers.push_back([](const auto&) -> Result<tasks::Page> { return server_error(); });
  const PollReport report = poll();
  EXPECT_EQ(report.result, PollResult::incomplete);
  EXPECT_EQ(report.reason, "page_failed");
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_THAT(source_.requests, SizeIs(4));  // no look-up either
}

TEST_F(TargetPollerTest, WhatAnIncompletePollSawIsTold) {
  source_.tasks = {old(not_started("a"))};
  poll();
  source_.tasks = {old(running("a"))};
  source_.answers.push_back(
      [this](const auto& request) -> Result<tasks::Page> { return source_.page(request); });
  source_.answers.push_back([](const auto&) -> Result<tasks::Page> { return server_error(); });
  EXPECT_EQ(poll().result, PollResult::incomplete);
  EXPECT_THAT(told(), ElementsAre("a not_started -> running"));
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(TargetPollerTest, AnActiveTaskThatIsInNeitherListIsAskedForById) {
  source_.tasks = {old(running("veteran\n"), hours{100})};
  poll();
  source_.tasks = {old(timed_out("veteran\n"), hours{100})};  // ended, and too old for the lookback
  EXPECT_EQ(poll().result, PollResult::complete);
  ASSERT_THAT(source_.requests, SizeIs(5));
  EXPECT_THAT(source_.requests.back().task_ids, ElementsAre("veteran\n"));
  EXPECT_FALSE(source_.requests.back().start_time);
  EXPECT_THAT(told(), testing::Contains("veteran running -> timed_out"));
}

TEST_F(TargetPollerTest, LookUpsGoOutInBatches) {
  for (int i = 0; i < 150; ++i)
    source_.tasks.push_back(old(running("task-" + std::to_string(i)), hours{100}));
  poll();
  for (tasks::Task& task : source_.tasks)
    task.status_code = tasks::kComplete;
  const std::size_t before = source_.requests.size();
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_EQ(source_.requests.size() - before, 4U);
  const std::vector<std::string> told = this->told();
  EXPECT_EQ(
      std::count_if(told.begin(), told.end(),
                    [](const std::string& sentence) { return sentence.ends_with("running -> complete"); }),
      150);
}

TEST_F(TargetPollerTest, ATaskThatEndsBetweenTheTwoListsIsToldOnce) {
  source_.tasks = {old(running("a"))};
  poll();
  source_.before_answer = [this](std::size_t number) {
    if (number == 4) source_.tasks = {old(complete("a"))};
  };
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_THAT(told(), ElementsAre("a running -> complete"));
  poll();
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(TargetPollerTest, AContradictingServiceIsTakenForWhatItHolds) {
  const auto seed = [](const auto&) -> Result<tasks::Page> {
    tasks::Page page = support::page_of({running("seed\n").items(197, 337).subtasks(5, 10)});
    page.total_count = 263;
    return page;
  };
  source_.answers.assign(8, seed);
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_THAT(source_.answers, IsEmpty());
  EXPECT_EQ(
      metric("sas_operation_contract_violations_total{field=\"PageInfo.TotalCount\",target=\"production\"}"),
      "2");
  source_.answers.assign(4, seed);
  EXPECT_EQ(poll().result, PollResult::complete);  // the habit is known: half the calls
  EXPECT_THAT(source_.answers, IsEmpty());
}

TEST_F(TargetPollerTest, AListThatNeverHoldsStillIsIncomplete) {
  int serial = 0;
  source_.answers.assign(6, [&serial](const auto&) -> Result<tasks::Page> {
    tasks::Page page = support::page_of({});
    if (++serial % 2 == 1) page.tasks.push_back(running("t" + std::to_string(serial)));
    page.total_count = 10 - serial;
    return page;
  });
  const PollReport report = poll();
  EXPECT_EQ(report.result, PollResult::incomplete);
  EXPECT_EQ(report.reason, "shifted");
}

TEST_F(TargetPollerTest, ATaskWithoutATraceVanishesWithTheThirdCompletePoll) {
  source_.tasks = {old(running("a"))};
  poll();
  source_.tasks.clear();
  for (int absence = 1; absence < 3; ++absence) {
    EXPECT_EQ(poll().result, PollResult::complete);
    EXPECT_THAT(source_.requests.back().task_ids, ElementsAre("a"));
    EXPECT_TRUE(pipeline_.any_absent());
    source_.answers.push_back([](const auto&) -> Result<tasks::Page> { return server_error(); });
    EXPECT_EQ(poll().result, PollResult::failed) << "proves nothing about the task";
    EXPECT_THAT(told(), IsEmpty());
  }
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_THAT(told(), ElementsAre("a running -> vanished inferred"));
  const std::size_t calls = source_.requests.size();
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_EQ(source_.requests.size(), calls + 2) << "what has vanished is not asked for any more";
  EXPECT_FALSE(pipeline_.any_absent());
}

TEST_F(TargetPollerTest, TheWindowReachesBackToTheLastCompletePollHoweverLongAgo) {
  poll();
  const Time last = now();
  run_for(hours{60});
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_LE(*source_.requests.back().start_time, last - minutes{10});
  EXPECT_GE(*source_.requests.back().start_time, last - minutes{20});
}

TEST_F(TargetPollerTest, AListThatContradictsItselfIsNoBaselineUntilThatIsItsHabit) {
  source_.tasks = {old(complete("listed"))};
  const auto one_of_two = [this](const auto& request) -> Result<tasks::Page> {
    tasks::Page page = source_.page(request);
    if (request.status_codes.empty()) page.total_count = 2;
    return page;
  };
  for (int i = 0; i < 16; ++i)
    source_.answers.emplace_back(one_of_two);
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_FALSE(pipeline_.mark().last_complete);
  EXPECT_EQ(poll().result, PollResult::complete);
  source_.tasks.push_back(old(complete("turned up")));
  source_.answers.clear();
  EXPECT_EQ(poll().result, PollResult::complete);
  EXPECT_TRUE(pipeline_.mark().last_complete);
  EXPECT_THAT(told(), IsEmpty()) << "it may have been there all along";
}

}  // namespace
}  // namespace sas::polling
