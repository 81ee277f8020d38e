// SPDX-License-Identifier: Apache-2.0
#include "runtime/blocking_calls.hpp"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

#include "runtime/timer.hpp"
#include "support/real_sockets.hpp"

namespace sas::runtime {
namespace {

class BlockingCallsTest : public support::RealSockets {
 protected:
  BlockingCalls<int>::Call blocked() {
    return [gate = gate_.get_future().share(), this]() -> Result<int> {
      ++calls_;
      gate.wait();
      return 1;
    };
  }
  static BlockingCalls<int>::Call quick() {
    return []() -> Result<int> { return 2; };
  }

  std::promise<void> gate_;
  std::atomic<int> calls_ = 0;
  BlockingCalls<int> blocking_{context().get_executor()};
  Running<Result<int>> first_;
  Running<Result<int>> second_;
};

TEST_F(BlockingCallsTest, OneThatBlocksHoldsUpNoOther) {
  start(blocking_.run("a", blocked()), first_);
  EXPECT_EQ(*await(blocking_.run("b", quick())), 2);
  EXPECT_FALSE(first_.done());
  gate_.set_value();
  run_until([&] { return first_.done(); });
  EXPECT_EQ(*first_.take(), 1);
}

TEST_F(BlockingCallsTest, ThoseWhoAskForTheSameShareACall) {
  const auto call = blocked();
  start(blocking_.run("a", call), first_);
  start(blocking_.run("a", call), second_);
  context().poll();
  gate_.set_value();
  run_until([&] { return first_.done() && second_.done(); });
  EXPECT_EQ(*first_.take(), 1);
  EXPECT_EQ(*second_.take(), 1);
  EXPECT_EQ(calls_, 1);
}

TEST_F(BlockingCallsTest, TheNextAskerCallsAgain) {
  EXPECT_EQ(*await(blocking_.run("a", quick())), 2);
  gate_.set_value();
  EXPECT_EQ(*await(blocking_.run("a", blocked())), 1);
}

TEST_F(BlockingCallsTest, WhoeverGivesUpLeavesTheCallToItsEnd) {
  auto impatient = with_deadline(blocking_.run("a", blocked()), Clock::now() + std::chrono::seconds{1}, "it");
  start(std::move(impatient), first_);
  while (context().poll() > 0) {
  }
  clock().advance(std::chrono::seconds{1});
  run_until([&] { return first_.done(); });
  EXPECT_EQ(first_.take().error().cause, ErrorCause::timeout);
  gate_.set_value();
  EXPECT_TRUE(await(blocking_.run("a", quick()))) << "the one under way, or another";
  EXPECT_EQ(calls_, 1);
}

}  // namespace
}  // namespace sas::runtime
