// SPDX-License-Identifier: Apache-2.0
#include "policy/call_budget.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace sas::policy {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr Instant kStart{seconds{1'000}};

// Lets everybody go as soon as they are due, and says when that was.
std::vector<Instant> depart_all(CallBudget& budget, const std::vector<CallBudget::Ticket>& tickets,
                                Instant now) {
  std::vector<Instant> departures;
  for (const CallBudget::Ticket ticket : tickets) {
    now = std::max(now, budget.due(ticket, now));
    budget.depart(ticket, now);
    budget.answered(ticket, now);
    departures.push_back(now);
  }
  return departures;
}

// The largest number of departures in any half-open second: one that begins with a departure has the most.
std::size_t busiest_second(const std::vector<Instant>& departures) {
  std::size_t most = 0;
  for (std::size_t first = 0; first < departures.size(); ++first) {
    std::size_t count = 0;
    while (first + count < departures.size() && departures[first + count] < departures[first] + seconds{1})
      ++count;
    most = std::max(most, count);
  }
  return most;
}

TEST(CallBudget, FirstCallGoesAtOnceAndTheNextASpacingLater) {
  CallBudget budget(5);
  const auto first = budget.enter();
  EXPECT_EQ(budget.due(first, kStart), kStart);
  budget.depart(first, kStart);
  const auto second = budget.enter();
  EXPECT_EQ(budget.due(second, kStart), kStart + milliseconds{200});
  EXPECT_EQ(budget.due(second, kStart + seconds{9}), kStart + seconds{9});
}

TEST(CallBudget, QueueIsFirstComeFirstServed) {
  CallBudget budget(5);
  const auto first = budget.enter();
  const auto second = budget.enter();
  const auto third = budget.enter();
  EXPECT_EQ(budget.due(first, kStart), kStart);
  EXPECT_EQ(budget.due(second, kStart), kStart + milliseconds{200});
  EXPECT_EQ(budget.due(third, kStart), kStart + milliseconds{400});
}

TEST(CallBudget, OnesTimeUnusedIsNotSavedUp) {
  CallBudget budget(5);
  budget.depart(budget.enter(), kStart);
  std::vector<CallBudget::Ticket> burst;
  for (int i = 0; i < 6; ++i)
    burst.push_back(budget.enter());
  const auto departures = depart_all(budget, burst, kStart + seconds{3'600});
  EXPECT_EQ(departures.back() - departures.front(), seconds{1});
}

TEST(CallBudget, NoSecondSeesMoreThanTheLimitWhateverTheRate) {
  for (const double limit : {1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 30.0, 100.0}) {
    CallBudget budget(limit);
    std::vector<CallBudget::Ticket> burst;
    for (int i = 0; i < 600; ++i)
      burst.push_back(budget.enter());
    EXPECT_EQ(busiest_second(depart_all(budget, burst, kStart)), static_cast<std::size_t>(limit));
  }
}

TEST(CallBudget, CallThatGoesLateDoesNotCrowdTheNext) {
  CallBudget budget(5);
  const auto late = budget.enter();
  const auto next = budget.enter();
  budget.depart(late, kStart + milliseconds{150});
  EXPECT_EQ(budget.due(next, kStart + milliseconds{150}), kStart + milliseconds{350});
}

TEST(CallBudget, NoSecondSeesMoreThanTheLimitWhenCallsComeAndGoAtRandom) {
  std::mt19937 random(20'261'124);  // the same each time
  CallBudget budget(4);
  std::vector<CallBudget::Ticket> waiting;
  std::vector<Instant> departures;
  Instant now = kStart;
  for (int step = 0; step < 20'000; ++step) {
    now += milliseconds{random() % 50};
    if (waiting.size() < 6) waiting.push_back(budget.enter());
    if (waiting.empty()) continue;
    const std::size_t pick = random() % waiting.size();  // anybody may ask, in any order
    if (budget.due(waiting[pick], now) <= now) {
      budget.depart(waiting[pick], now);
      budget.answered(waiting[pick], now);
      departures.push_back(now);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(pick));
    } else if (random() % 20 == 0) {
      budget.leave(waiting[pick]);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(pick));
    }
  }
  EXPECT_GT(departures.size(), 500U);
  EXPECT_LE(busiest_second(departures), 4U);
}

TEST(CallBudget, RatesBelowOneSpaceCallsByMoreThanASecond) {
  CallBudget budget(0.5);
  budget.depart(budget.enter(), kStart);
  EXPECT_EQ(budget.due(budget.enter(), kStart), kStart + seconds{2});
}

TEST(CallBudget, WhoeverLeavesMakesRoom) {
  CallBudget budget(5);
  const auto first = budget.enter();
  const auto second = budget.enter();
  budget.leave(first);
  EXPECT_EQ(budget.due(second, kStart), kStart);
}

TEST(CallBudget, PauseHoldsThoseThatWaitAndThoseThatCome) {
  CallBudget budget(5);
  const auto waiting = budget.enter();
  budget.pause_until(kStart + seconds{10});
  const auto coming = budget.enter();
  EXPECT_EQ(budget.due(waiting, kStart), kStart + seconds{10});
  EXPECT_EQ(budget.due(coming, kStart), kStart + seconds{10} + milliseconds{200});
}

TEST(CallBudget, ShorterPauseDoesNotEndALongerOne) {
  CallBudget budget(5);
  budget.pause_until(kStart + seconds{10});
  budget.pause_until(kStart + seconds{1});
  EXPECT_EQ(budget.due(budget.enter(), kStart), kStart + seconds{10});
}

TEST(CallBudget, CallWithoutAnAnswerKeepsItsPlaceInTheSecond) {
  CallBudget budget(2);
  const auto slow = budget.enter();
  const auto quick = budget.enter();
  budget.depart(slow, kStart);
  budget.depart(quick, kStart + milliseconds{500});
  budget.answered(quick, kStart + milliseconds{510});
  const auto third = budget.enter();
  EXPECT_GT(budget.due(third, kStart + seconds{8}), kStart + seconds{8}) << "the slow one may be counted now";
  budget.answered(slow, kStart + seconds{9});
  EXPECT_EQ(budget.due(third, kStart + seconds{9}), kStart + seconds{10});
  budget.depart(third, kStart + seconds{10});
  EXPECT_EQ(budget.due(budget.enter(), kStart + seconds{10}), kStart + seconds{10} + milliseconds{500});
}

// Calls overtake each other on their way, and the service counts each at any moment of it.
TEST(CallBudget, NoSecondOfTheServiceSeesMoreThanTheLimitHoweverLongCallsTake) {
  for (const double limit : {1.0, 2.5, 5.0, 20.0}) {
    std::mt19937 random(20'261'124);
    CallBudget budget(limit);
    struct UnderWay {
      CallBudget::Ticket ticket;
      Instant answer;
    };
    std::vector<UnderWay> under_way;
    std::vector<Instant> counted;
    CallBudget::Ticket next = budget.enter();
    for (Instant now = kStart; counted.size() < 2'000; now += milliseconds{10}) {
      std::erase_if(under_way, [&](const UnderWay& call) {
        if (call.answer > now) return false;
        budget.answered(call.ticket, now);
        return true;
      });
      if (budget.due(next, now) > now) continue;
      budget.depart(next, now);
      const milliseconds takes{random() % (random() % 10 == 0 ? 5'000 : 300)};
      under_way.push_back({.ticket = next, .answer = now + takes});
      counted.push_back(now + milliseconds{static_cast<int>(random() % (takes.count() + 1))});
      next = budget.enter();
    }
    std::ranges::sort(counted);
    EXPECT_EQ(busiest_second(counted), static_cast<std::size_t>(limit)) << limit;
  }
}

TEST(CallBudget, ALowerLimitCountsWhatWasCalledBefore) {
  CallBudget budget(10);
  std::vector<CallBudget::Ticket> burst;
  for (int i = 0; i < 4; ++i)
    burst.push_back(budget.enter());
  const std::vector<Instant> before = depart_all(budget, burst, kStart);
  const auto waiting = budget.enter();
  budget.change(2);
  EXPECT_EQ(budget.due(waiting, before.back()), before[2] + seconds{1}) << "two of them count in its second";
  budget.change(20);
  EXPECT_EQ(budget.due(waiting, before.back()), before.back() + milliseconds{100}) << "it was due then";
}

}  // namespace
}  // namespace sas::policy
