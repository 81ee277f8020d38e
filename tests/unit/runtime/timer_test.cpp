// SPDX-License-Identifier: Apache-2.0
#include "runtime/timer.hpp"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "support/virtual_time.hpp"

namespace sas::runtime {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class TimerTest : public support::VirtualTime {};

asio::awaitable<Result<std::string>> answer_after(Monotonic::duration span) {
  co_await sleep_for(span);
  co_return std::string("answer");
}

asio::awaitable<Result<std::string>> break_after(Monotonic::duration span) {
  co_await sleep_for(span);
  throw std::runtime_error("broken");
}

TEST_F(TimerTest, SleepsForAsLongAsItIsTold) {
  const Time before = now();
  await(sleep_for(hours{5}));
  EXPECT_EQ(now() - before, hours{5});
}

TEST_F(TimerTest, AnOperationWithinItsDeadlineReturnsItsResult) {
  const auto result = await(with_deadline(answer_after(seconds{3}), Clock::now() + seconds{5}, "the answer"));
  ASSERT_TRUE(result);
  EXPECT_EQ(*result, "answer");
  EXPECT_EQ(now() - kStart, seconds{3});
}

TEST_F(TimerTest, APassedDeadlineIsATimeoutThatSaysWhatTimedOut) {
  const auto result = await(with_deadline(answer_after(hours{1}), Clock::now() + seconds{5}, "the answer"));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().cause, ErrorCause::timeout);
  EXPECT_EQ(result.error().kind, ErrorKind::retry);
  EXPECT_EQ(result.error().message, "the answer took longer than allowed");
  EXPECT_EQ(now() - kStart, seconds{5});
  EXPECT_FALSE(clock().next_expiry()) << "the operation was left running";
}

TEST_F(TimerTest, AnExceptionPassesThroughAtOnce) {
  EXPECT_THROW(await(with_deadline(break_after(seconds{1}), Clock::now() + hours{5}, "the answer")),
               std::runtime_error);
  EXPECT_EQ(now() - kStart, seconds{1});
}

}  // namespace
}  // namespace sas::runtime
