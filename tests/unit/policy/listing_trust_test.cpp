// SPDX-License-Identifier: Apache-2.0
#include "policy/listing_trust.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/subtask_builder.hpp"
#include "support/task_builder.hpp"

namespace sas::policy {
namespace {

using enum ListingDecision;

tasks::Page page(std::vector<std::string> ids, std::optional<std::int64_t> total) {
  tasks::Page page;
  for (std::string& id : ids)
    page.tasks.push_back(support::running(std::move(id)));
  page.total_count = total;
  return page;
}

TEST(ListingTrust, AnEmptyListIsComplete) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({}, 0)), complete);
  EXPECT_FALSE(trust.is_contradictory());
}

TEST(ListingTrust, ReadsUntilTheAnnouncedTotalIsSeen) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, 5)), next_page);
  EXPECT_EQ(trust.take(page({"c", "d"}, 5)), next_page);
  EXPECT_EQ(trust.take(page({"e"}, 5)), complete);
}

TEST(ListingTrust, WithoutATotalItReadsUntilAPageHasNothingNew) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, std::nullopt)), next_page);
  EXPECT_EQ(trust.take(page({"c"}, std::nullopt)), next_page);
  EXPECT_EQ(trust.take(page({}, std::nullopt)), complete);
}

TEST(ListingTrust, FollowsAListOfSubtasksInTheSameWay) {
  const auto subtasks = [](const std::vector<std::string>& ids, std::int64_t total) {
    tasks::SubtaskPage page;
    for (const std::string& id : ids)
      page.subtasks.push_back(support::subtask(id, tasks::kComplete));
    page.total_count = total;
    return page;
  };
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(subtasks({"a", "b"}, 3)), next_page);
  EXPECT_EQ(trust.take(subtasks({"b"}, 3)), repeat);
  EXPECT_EQ(trust.doubt(), ListingDoubt::too_few);
  EXPECT_EQ(trust.take(subtasks({"a", "b"}, 3)), next_page);
  EXPECT_EQ(trust.take(subtasks({"c"}, 3)), complete);
  EXPECT_EQ(trust.distinct(), 3U);
}

TEST(ListingTrust, IsTooLongAfterAsManyPagesAsItWasGiven) {
  ListingTrust trust(2);
  trust.begin();
  EXPECT_EQ(trust.take(page({"a"}, std::nullopt)), next_page);
  EXPECT_EQ(trust.take(page({"b"}, std::nullopt)), repeat);
  EXPECT_EQ(trust.doubt(), ListingDoubt::too_long);
}

TEST(ListingTrust, NewcomersThatPushRowsToLaterPagesDoNotHideAny) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"d", "c"}, 4)), next_page);
  EXPECT_EQ(trust.take(page({"c", "b"}, 5)), next_page);  // one was created: everything moved down by one
  EXPECT_EQ(trust.take(page({"a"}, 5)), repeat);          // where is the new one?
  EXPECT_EQ(trust.take(page({"e", "d"}, 5)), complete);
}

TEST(ListingTrust, NewcomersDoNotStandForARowThatWasLost) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, 4)), next_page);
  EXPECT_EQ(trust.take(page({"b", "c"}, 5)), next_page);  // d is not shown
  EXPECT_EQ(trust.take(page({"e"}, 5)), repeat) << "four were seen, but the e of them is new";
  EXPECT_EQ(trust.take(page({"a", "b"}, 5)), next_page);
  EXPECT_EQ(trust.take(page({"c", "d"}, 5)), complete);
}

TEST(ListingTrust, AListThatKeepsGrowingIsReadTwiceAtMost) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, 2)), complete);
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, 3)), next_page);
  EXPECT_EQ(trust.take(page({"c"}, 4)), next_page);
  EXPECT_EQ(trust.take(page({}, 4)), repeat);
  EXPECT_EQ(trust.take(page({"a", "b"}, 5)), next_page);
  EXPECT_EQ(trust.take(page({"c"}, 5)), next_page);
  EXPECT_EQ(trust.take(page({}, 5)), complete);
}

TEST(ListingTrust, ARowThatIsShownAgainIsNoPlaceOfTheList) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "c"}, 4)), next_page);
  tasks::Page second = page({"c", "d", "e"}, 5);  // d was created meanwhile; f is on the next page
  second.page_size = 2;
  EXPECT_EQ(trust.take(second), next_page);
  EXPECT_EQ(trust.take(page({"f"}, 5)), complete);
}

TEST(ListingTrust, ARowThatLeftShiftsAnotherPastTheReader) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "b"}, 4)), next_page);
  EXPECT_EQ(trust.take(page({"d"}, 3)), next_page);  // a left, c slipped to the first page
  EXPECT_EQ(trust.take(page({}, 3)), repeat);
  EXPECT_EQ(trust.doubt(), ListingDoubt::shifted);
  EXPECT_EQ(trust.take(page({"b", "c"}, 3)), next_page);
  EXPECT_EQ(trust.take(page({"d"}, 3)), complete);
}

// By id or oldest first, a task that comes is not on the first page.
TEST(ListingTrust, ANewcomerDoesNotStandForOneThatIsStillToBeRead) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a", "c"}, 4)), next_page);
  EXPECT_EQ(trust.take(page({"d", "d2"}, 5)), next_page) << "four seen, but e is not";
  EXPECT_EQ(trust.take(page({"e"}, 5)), complete);
}

TEST(ListingTrust, ALossThatComesAgainPollsLaterIsNoHabit) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a"}, 2)), next_page);
  EXPECT_EQ(trust.take(page({}, 2)), repeat);
  EXPECT_EQ(trust.take(page({"a", "b"}, 2)), complete);
  trust.begin();
  EXPECT_EQ(trust.take(page({"a"}, 2)), next_page);
  EXPECT_EQ(trust.take(page({}, 2)), repeat);
}

TEST(ListingTrust, AListThatNeverHoldsStillIsGivenUp) {
  ListingTrust trust;
  trust.begin();
  for (unsigned reading = 0; reading <= ListingTrust::kMaxRepeats; ++reading) {
    EXPECT_EQ(trust.take(page({"a" + std::to_string(reading)}, 4)), next_page);
    EXPECT_EQ(trust.take(page({}, 3)), reading < ListingTrust::kMaxRepeats ? repeat : give_up);
  }
  EXPECT_EQ(trust.doubt(), ListingDoubt::shifted);
}

TEST(ListingTrust, AnAnswerThatContradictsItselfTwiceTheSameWayIsTakenForWhatItHolds) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"seed"}, 263)), next_page);
  EXPECT_EQ(trust.take(page({"seed"}, 263)), repeat);
  EXPECT_EQ(trust.doubt(), ListingDoubt::too_few);
  EXPECT_EQ(trust.take(page({"seed"}, 263)), next_page);
  EXPECT_EQ(trust.take(page({"seed"}, 263)), complete);
  EXPECT_TRUE(trust.is_contradictory());
  EXPECT_EQ(trust.distinct(), 1U);
}

TEST(ListingTrust, AKnownHabitNeedsNoRepetitionInTheNextPoll) {
  ListingTrust trust;
  trust.begin();
  for (int i = 0; i < 4; ++i)
    trust.take(page({"seed"}, 263));
  trust.begin();
  EXPECT_EQ(trust.take(page({"seed"}, 263)), next_page);
  EXPECT_EQ(trust.take(page({"seed"}, 263)), complete);
  EXPECT_TRUE(trust.is_contradictory());
}

// A service that misbehaves twice in the same way may still think better of it.
TEST(ListingTrust, AContradictionIsSettledWhenSeveralPollsInARowHadIt) {
  ListingTrust trust;
  const auto poll = [&trust](std::int64_t announced) {
    trust.begin();
    ListingDecision decision = next_page;
    while (decision == next_page || decision == repeat)
      decision = trust.take(page({"seed"}, announced));
    EXPECT_EQ(decision, complete);
    return trust.is_settled();
  };
  EXPECT_FALSE(poll(263));
  EXPECT_FALSE(poll(263));
  EXPECT_TRUE(poll(263));
  EXPECT_TRUE(poll(263));
  EXPECT_TRUE(poll(1)) << "it adds up";
  EXPECT_FALSE(poll(263));
  EXPECT_FALSE(poll(263));
  EXPECT_FALSE(poll(262)) << "another one";
}

TEST(ListingTrust, ADifferentContradictionIsNoHabit) {
  ListingTrust trust;
  trust.begin();
  EXPECT_EQ(trust.take(page({"a"}, 3)), next_page);
  EXPECT_EQ(trust.take(page({}, 3)), repeat);
  EXPECT_EQ(trust.take(page({"b"}, 3)), next_page);  // as many, but another task
  EXPECT_EQ(trust.take(page({}, 3)), repeat);
}

TEST(ListingTrust, AnEndlessListIsNotReadForever) {
  ListingTrust trust;
  trust.begin();
  ListingDecision decision = next_page;
  std::size_t pages = 0;
  while (decision == next_page)
    decision = trust.take(page({std::to_string(pages++)}, 1'000'000'000));
  EXPECT_EQ(pages, ListingTrust::kMaxPages);
  EXPECT_EQ(decision, repeat);
  EXPECT_EQ(trust.doubt(), ListingDoubt::too_long);
}

}  // namespace
}  // namespace sas::policy
