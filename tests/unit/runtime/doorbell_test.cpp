// SPDX-License-Identifier: Apache-2.0
#include "runtime/doorbell.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/task_group.hpp"
#include "support/virtual_time.hpp"

namespace sas::runtime {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class DoorbellTest : public support::VirtualTime {
 protected:
  ~DoorbellTest() override {
    group_.request_stop();
    run_ready();
  }

  // Notes when it wakes, again and again.
  asio::awaitable<void> listen(Monotonic::duration patience) {
    while (true) {
      const Instant until = patience == Monotonic::duration::max() ? Instant::max() : Clock::now() + patience;
      co_await bell_.wait_until(until);
      woken_.push_back(std::chrono::floor<seconds>(Clock::now() - start_));
    }
  }

  Instant start_ = Clock::now();
  Doorbell bell_;
  std::vector<seconds> woken_;
  TaskGroup group_{executor(), [](const std::string& name, const std::exception_ptr&) { FAIL() << name; }};
};

TEST_F(DoorbellTest, TheWaitEndsAtItsTime) {
  group_.spawn("listener", listen(seconds{10}));
  run_for(seconds{25});
  EXPECT_THAT(woken_, ElementsAre(seconds{10}, seconds{20}));
}

TEST_F(DoorbellTest, RingingEndsTheWaitOnce) {
  group_.spawn("listener", listen(Monotonic::duration::max()));
  run_for(seconds{3});
  bell_.ring();
  bell_.ring();
  run_for(seconds{3});
  EXPECT_THAT(woken_, ElementsAre(seconds{3}));
  bell_.ring();
  run_for(seconds{3});
  EXPECT_THAT(woken_, ElementsAre(seconds{3}, seconds{6}));
}

TEST_F(DoorbellTest, ARingThatNobodyWaitedForIsNotLost) {
  bell_.ring();
  run_for(seconds{2});
  group_.spawn("listener", listen(seconds{10}));
  run_for(seconds{11});
  EXPECT_THAT(woken_, ElementsAre(seconds{2}, seconds{12}));
}

TEST_F(DoorbellTest, WhoIsCancelledHearsNothingMore) {
  group_.spawn("listener", listen(Monotonic::duration::max()));
  run_for(seconds{1});
  group_.request_stop();
  run_ready();
  bell_.ring();
  run_for(seconds{1});
  EXPECT_THAT(woken_, IsEmpty());
  EXPECT_EQ(group_.size(), 0U);
}

}  // namespace
}  // namespace sas::runtime
