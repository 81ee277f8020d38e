// SPDX-License-Identifier: Apache-2.0
#include "polling/subtask_reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/polling_fixture.hpp"
#include "support/subtask_builder.hpp"
#include "support/task_builder.hpp"

namespace sas::polling {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SubtaskReadingTest : public support::PollingFixture {
 protected:
  static WatchedTarget::Limits reading() {
    WatchedTarget::Limits limits = PollingFixture::limits();
    limits.subtasks = {.wanted = true, .page_size = 100, .retention = hours{1}, .at_most = seconds{15}};
    return limits;
  }

  void poll() {
    await(watched_.poll());
    await(keeper_.keep(watched_.pipeline()));
  }

  void fail_details(const Error& error, int times) {
    for (int i = 0; i < times; ++i)
      source_.detail_answers.emplace_back(
          [error](const auto&) -> Result<tasks::SubtaskPage> { return error; });
  }

  const tasks::SubtaskSummary* known(const std::string& id) {
    const tasks::TaskTable& table = watched_.pipeline().table();
    return table.at(*table.find(id)).subtasks.get();
  }

  Target target_{.name = "production", .endpoint = "", .ca_file = "", .task_types = {}, .task_sources = {}};
  WatchedTarget watched_{target_, reading(), source_, metrics_, dispatcher_, key_, keeper_, log_.log()};
};

TEST_F(SubtaskReadingTest, ATaskThatCompletedWithFailuresFiresInTheSamePoll) {
  source_.tasks = {support::running("a").created(kStart)};
  poll();
  EXPECT_THAT(source_.detail_requests, IsEmpty()) << "it has not ended";
  source_.tasks = {support::complete("a").created(kStart).ended(now())};
  source_.subtasks["a"] = {support::subtask("d-1", tasks::kComplete), support::failed("d-2", {"MFA"})};
  poll();
  EXPECT_THAT(told(), ElementsAre("a running -> complete", "a completed_with_failures firing"));
  EXPECT_EQ(known("a")->failures(), 1U);
  poll();
  EXPECT_THAT(source_.detail_requests, SizeIs(1)) << "once is enough";
}

TEST_F(SubtaskReadingTest, WhatEndedLongAgoIsNotRead) {
  source_.tasks = {support::complete("old").created(kStart - hours{3}).ended(kStart - hours{2}),
                   support::timed_out("new").created(kStart - hours{3}).ended(kStart - minutes{10})};
  poll();
  ASSERT_THAT(source_.detail_requests, SizeIs(1));
  EXPECT_THAT(source_.detail_requests[0].task_ids, ElementsAre("new"));
}

TEST_F(SubtaskReadingTest, WithoutThePermissionItIsSaidOnceAndAllElseGoesOn) {
  fail_details(
      {.kind = ErrorKind::give_up, .cause = ErrorCause::permission, .message = "no", .code = "NoPermission"},
      100);
  for (int i = 0; i < 3; ++i) {
    source_.tasks.push_back(support::complete("a" + std::to_string(i)).created(kStart).ended(now()));
    poll();
    run_for(minutes{5});
  }
  EXPECT_THAT(source_.detail_requests, SizeIs(1)) << "the next one comes in an hour";
  run_for(hours{1});
  source_.tasks.push_back(support::complete("b").created(now()).ended(now()));
  poll();
  EXPECT_THAT(source_.detail_requests, SizeIs(2));
  EXPECT_THAT(log_.lines(),
              ElementsAre(HasSubstr("the permission for ListOperationProcessDetail is missing")));
  EXPECT_EQ(metric("sas_operation_up{target=\"production\"}"), "1");
}

TEST_F(SubtaskReadingTest, AReopenedTaskLosesWhatItsSubtasksCameTo) {
  source_.tasks = {support::complete("a").created(kStart).ended(kStart)};
  source_.subtasks["a"] = {support::failed("d-1", {"MFA"})};
  poll();
  EXPECT_THAT(told(), ElementsAre("a completed_with_failures firing"));
  source_.tasks = {support::running("a").created(kStart)};
  poll();
  EXPECT_EQ(known("a"), nullptr);
  EXPECT_THAT(told(), ElementsAre("a complete -> running", "a completed_with_failures resolved"));
}

TEST_F(SubtaskReadingTest, ManyTasksAreReadOverSeveralPolls) {
  source_.latency = seconds{2};
  for (int i = 0; i < 20; ++i)
    source_.tasks.push_back(support::complete(std::to_string(i)).created(kStart).ended(kStart));
  poll();
  EXPECT_THAT(source_.detail_requests, SizeIs(8)) << "those that begin within 15 s";
  poll();
  poll();
  EXPECT_THAT(source_.detail_requests, SizeIs(20));
}

TEST_F(SubtaskReadingTest, WhatIsNotWantedIsNotRead) {
  WatchedTarget::Limits off = reading();
  off.subtasks.wanted = false;
  WatchedTarget quiet{target_, off, source_, metrics_, dispatcher_, key_, keeper_, log_.log()};
  source_.tasks = {support::complete("a").created(kStart).ended(kStart)};
  await(quiet.poll());
  EXPECT_THAT(source_.detail_requests, IsEmpty());
}

}  // namespace
}  // namespace sas::polling
