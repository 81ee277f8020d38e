// SPDX-License-Identifier: Apache-2.0
#include "runtime/task_group.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/this_coro.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/timer.hpp"
#include "support/virtual_time.hpp"

namespace sas::runtime {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class TaskGroupTest : public support::VirtualTime {
 protected:
  TaskGroup group_{executor(),
                   [this](const std::string& name, const std::exception_ptr&) { failed_.push_back(name); }};
  std::vector<std::string> failed_;
};

asio::awaitable<void> tick_forever(int& ticks) {
  while (true) {
    co_await sleep_for(seconds{1});
    ++ticks;
  }
}

asio::awaitable<void> end_after(Monotonic::duration span) {
  co_await sleep_for(span);
}

asio::awaitable<void> fail_after(Monotonic::duration span) {
  co_await sleep_for(span);
  throw std::runtime_error("broken");
}

asio::awaitable<void> ignore_cancellation() {
  co_await asio::this_coro::reset_cancellation_state(
      [](asio::cancellation_type) { return asio::cancellation_type::none; });
  co_await sleep_for(seconds{60});
}

TEST_F(TaskGroupTest, StopsAndJoinsItsChildren) {
  int ticks = 0;
  group_.spawn("one", tick_forever(ticks));
  group_.spawn("two", tick_forever(ticks));
  run_for(seconds{10});
  EXPECT_EQ(ticks, 20);
  EXPECT_THAT(group_.names(), ElementsAre("one", "two"));
  group_.request_stop();
  EXPECT_TRUE(await(group_.join(Clock::now() + seconds{5})));
  EXPECT_EQ(group_.size(), 0U);
  EXPECT_THAT(failed_, IsEmpty());
}

TEST_F(TaskGroupTest, JoinWaitsForTheLastChild) {
  group_.spawn("short", end_after(seconds{1}));
  group_.spawn("long", end_after(seconds{3}));
  EXPECT_TRUE(await(group_.join(Clock::now() + hours{1})));
  EXPECT_EQ(now() - kStart, seconds{3});
}

TEST_F(TaskGroupTest, JoinGivesUpAtItsDeadlineAndNamesWhoIsLeft) {
  group_.spawn("stubborn", ignore_cancellation());
  run_ready();
  group_.request_stop();
  EXPECT_FALSE(await(group_.join(Clock::now() + seconds{5})));
  EXPECT_EQ(now() - kStart, seconds{5});
  EXPECT_THAT(group_.names(), ElementsAre("stubborn"));
  run_for(seconds{60});
}

TEST_F(TaskGroupTest, AFailingChildIsReportedByNameAndLeavesTheOthersAlone) {
  int ticks = 0;
  group_.spawn("good", tick_forever(ticks));
  group_.spawn("bad", fail_after(seconds{2}));
  run_for(seconds{10});
  EXPECT_THAT(failed_, ElementsAre("bad"));
  EXPECT_EQ(ticks, 10);
  group_.request_stop();
  EXPECT_TRUE(await(group_.join(Clock::now() + seconds{5})));
}

TEST_F(TaskGroupTest, AChildSpawnedAfterTheStopIsStoppedToo) {
  int ticks = 0;
  group_.request_stop();
  group_.spawn("late", tick_forever(ticks));
  EXPECT_TRUE(await(group_.join(Clock::now() + hours{1})));
  EXPECT_EQ(ticks, 0);
  EXPECT_EQ(now(), kStart);
}

TEST_F(TaskGroupTest, OneChildIsStoppedAndTheOthersGoOn) {
  int ticks = 0;
  int others = 0;
  group_.spawn("one", tick_forever(ticks));
  group_.spawn("other", tick_forever(others));
  run_for(seconds{3});
  group_.request_stop("one");
  run_for(seconds{3});
  EXPECT_EQ(ticks, 3);
  EXPECT_EQ(others, 6);
  EXPECT_THAT(group_.names(), ElementsAre("other"));
  group_.spawn("one", tick_forever(ticks));
  run_for(seconds{2});
  EXPECT_EQ(ticks, 5) << "a new one of that name runs";
  group_.request_stop();
  EXPECT_TRUE(await(group_.join(Clock::now() + seconds{5})));
  EXPECT_THAT(failed_, IsEmpty());
}

TEST_F(TaskGroupTest, OneThatHasNotBegunNeverDoes) {
  int ticks = 0;
  group_.spawn("one", tick_forever(ticks));
  group_.request_stop("one");
  run_for(seconds{3});
  EXPECT_EQ(ticks, 0);
  EXPECT_EQ(group_.size(), 0U);
}

}  // namespace
}  // namespace sas::runtime
