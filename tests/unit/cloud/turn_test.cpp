// SPDX-License-Identifier: Apache-2.0
#include "cloud/turn.hpp"

#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "runtime/clock.hpp"
#include "support/virtual_time.hpp"

namespace sas::cloud {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class TurnTest : public support::VirtualTime {
 public:
  void start(asio::cancellation_signal* stop = nullptr) {
    const std::size_t number = started_++;
    const auto ended = [this, number](const std::exception_ptr& failure, const Result<Departure>& turn) {
      if (!failure && turn) departures.emplace_back(number, runtime::Clock::now());
    };
    if (stop == nullptr) {
      asio::co_spawn(context(), take_turn(budget, seconds{30}), ended);
    } else {
      asio::co_spawn(context(), take_turn(budget, seconds{30}),
                     asio::bind_cancellation_slot(stop->slot(), ended));
    }
  }

  policy::CallBudget budget{5};
  std::vector<std::pair<std::size_t, Instant>> departures;

 private:
  std::size_t started_ = 0;
};

TEST_F(TurnTest, ManyThatComeAtOnceGoInTheirOrderASpacingApart) {
  for (int i = 0; i < 12; ++i)
    start();
  run_for(seconds{10});
  ASSERT_EQ(departures.size(), 12U);
  for (std::size_t i = 0; i < departures.size(); ++i) {
    EXPECT_EQ(departures[i].first, i);
    if (i >= 5) {
      EXPECT_GE(departures[i].second - departures[i - 5].second, seconds{1});
    }
  }
  EXPECT_LE(departures.back().second - departures.front().second, milliseconds{12 * 200});
}

TEST_F(TurnTest, PauseHoldsThoseThatWaitAlready) {
  const Instant begin = runtime::Clock::now();
  start();
  start();
  run_ready();
  budget.pause_until(begin + seconds{5});
  run_for(seconds{10});
  ASSERT_EQ(departures.size(), 2U);
  EXPECT_EQ(departures[1].second, begin + seconds{5});
}

TEST_F(TurnTest, WaitLongerThanAllowedIsAnErrorAtOnceAndUsesNothing) {
  const Instant begin = runtime::Clock::now();
  budget.pause_until(begin + seconds{31});
  const auto turn = await(take_turn(budget, seconds{30}));
  ASSERT_FALSE(turn);
  EXPECT_EQ(runtime::Clock::now(), begin);
  EXPECT_EQ(turn.error().kind, ErrorKind::wait);
  EXPECT_EQ(turn.error().cause, ErrorCause::throttled);
  EXPECT_EQ(turn.error().retry_after, Milliseconds{31'000});
  EXPECT_TRUE(await(take_turn(budget, seconds{31})));
  EXPECT_EQ(runtime::Clock::now(), begin + seconds{31});
}

TEST_F(TurnTest, WhoeverIsCancelledGivesUpItsPlace) {
  asio::cancellation_signal stop;
  const Instant begin = runtime::Clock::now();
  start();
  start(&stop);
  start();
  run_ready();
  stop.emit(asio::cancellation_type::terminal);
  run_for(seconds{10});
  ASSERT_EQ(departures.size(), 2U);
  EXPECT_EQ(departures[1].first, 2U);
  EXPECT_EQ(departures[1].second, begin + milliseconds{400});  // its own wait was for that long already
  EXPECT_EQ(budget.due(budget.enter(), runtime::Clock::now()), runtime::Clock::now());
}

}  // namespace
}  // namespace sas::cloud
