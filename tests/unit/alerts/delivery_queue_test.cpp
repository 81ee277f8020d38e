// SPDX-License-Identifier: Apache-2.0
#include "alerts/delivery_queue.hpp"

#include <deque>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/timer.hpp"
#include "support/alert_builder.hpp"
#include "support/sink_fixture.hpp"

namespace sas::alerts {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

Error failure(ErrorKind kind, std::optional<Milliseconds> retry_after = {}) {
  Error error{.kind = kind, .cause = ErrorCause::server, .message = {}};
  error.http_status = kind == ErrorKind::give_up ? 400 : 503;
  error.retry_after = retry_after;
  return error;
}

// Remembers what came when; answers as the test says, and takes all once that is used up.
class FakeCarrier : public Carrier {
 public:
  asio::awaitable<Result<void>> carry(const Batch& batch) override {
    std::string names;
    for (const Piece* piece : batch)
      names += std::get<policy::AlertChange>(piece->event).subject;
    attempts.push_back(names);
    times.push_back(std::chrono::floor<std::chrono::seconds>(runtime::Clock::now().time_since_epoch()));
    if (hangs) co_await runtime::sleep_for(24h);
    if (down || answers.empty()) co_return down ? Result<void>(*down) : Result<void>();
    const std::optional<Error> next = answers.front();
    answers.pop_front();
    if (next) co_return *next;
    co_return Result<void>();
  }

  std::deque<std::optional<Error>> answers;  // none: taken
  std::optional<Error> down;                 // whatever comes
  bool hangs = false;
  std::vector<std::string> attempts;  // the subjects
  std::vector<std::chrono::seconds> times;
};

class DeliveryQueueTest : public support::SinkFixture {
 protected:
  DeliveryQueue& queue(Habits habits = {}) {
    queue_ = std::make_unique<DeliveryQueue>("hook", carrier_, habits, surroundings());
    loops_.spawn("queue", queue_->run());
    return *queue_;
  }
  void add(const std::string& subject) {
    queue_->add({.target = "production", .event = support::stalled(subject)}, taken(subject));
  }

  FakeCarrier carrier_;
  std::unique_ptr<DeliveryQueue> queue_;
};

TEST_F(DeliveryQueueTest, WhatIsAddedIsDeliveredAtOnceAndInOrder) {
  queue();
  run_ready();
  add("a");
  add("b");
  EXPECT_EQ(queue_length(), "2");
  EXPECT_FALSE(queue_->empty());
  run_ready();
  EXPECT_THAT(carrier_.attempts, ElementsAre("a", "b"));
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 1)));
  EXPECT_TRUE(queue_->empty());
  EXPECT_EQ(queue_length(), "0");
  EXPECT_EQ(count("ok"), "2");
}

TEST_F(DeliveryQueueTest, WhatFailsIsTriedAgainWithGrowingWaitsAndHoldsBackTheNext) {
  queue();
  carrier_.answers.assign(4, failure(ErrorKind::retry));
  add("a");
  add("b");
  run_for(10s);
  EXPECT_THAT(carrier_.attempts, ElementsAre("a", "a", "a", "a", "a", "b"));
  EXPECT_THAT(carrier_.times, ElementsAre(0s, 0s, 1s, 3s, 7s, 7s));  // half of 1, 2, 4 and 8 s
  EXPECT_EQ(count("failed"), "4");
  EXPECT_EQ(count("ok"), "2");
  EXPECT_EQ(count("dropped"), "0");
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 1)));
}

TEST_F(DeliveryQueueTest, AnOutageStandsInTheLogOnceAndSoDoesItsEnd) {
  queue();
  carrier_.answers.assign(3, failure(ErrorKind::retry));
  add("a");
  run_for(1min);
  std::vector<std::string> said;
  for (const std::string& line : log_.lines()) {
    if (line.find("level=debug") != 0) said.push_back(line);
  }
  EXPECT_THAT(said, ElementsAre("level=warn msg=\"a sink does not take its notifications\" sink=hook "
                                "error=\"server, HTTP 503\" waiting=1",
                                "level=info msg=\"a sink takes its notifications again\" sink=hook"));
}

TEST_F(DeliveryQueueTest, AnHourOldItIsGivenUpAndNotBefore) {
  queue();
  carrier_.down = failure(ErrorKind::retry);
  add("a");
  run_for(30min);
  add("b");
  run_for(29min);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 0), Pair("b", 0)));
  run_for(2min);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 0)));
  EXPECT_EQ(count("dropped"), "1");
  EXPECT_THAT(
      log_.lines(),
      testing::Contains("level=warn msg=\"notification dropped\" sink=hook error=\"server, HTTP 503\" "
                        "news=\"Task a (CHECK_ALL) of production makes no progress\""));
  carrier_.down.reset();
  run_for(1min);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 1)));
  EXPECT_EQ(carrier_.attempts.back(), "b");
}

TEST_F(DeliveryQueueTest, WhatIsNeverTakenIsGivenUpAtOnceAndTheNextGoesOn) {
  queue();
  carrier_.answers = {failure(ErrorKind::give_up)};
  add("a");
  add("b");
  run_ready();
  EXPECT_THAT(carrier_.attempts, ElementsAre("a", "b"));
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1), Pair("b", 1)));
  EXPECT_EQ(count("dropped"), "1");
  EXPECT_EQ(count("ok"), "1");
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("msg=\"notification dropped\" sink=hook "
                                                  "error=\"server, HTTP 400\" news=\"Task a ")));
}

TEST_F(DeliveryQueueTest, AnAttemptHasADeadline) {
  queue();
  carrier_.hangs = true;
  add("a");
  run_for(9s);
  EXPECT_THAT(log_.lines(), IsEmpty());
  run_for(2s);
  EXPECT_THAT(log_.lines(), testing::Contains(HasSubstr("error=\"timeout: the delivery took longer")));
  carrier_.hangs = false;
  run_for(15s);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1)));
}

TEST_F(DeliveryQueueTest, APauseThatIsAskedForIsKept) {
  queue();
  carrier_.answers = {failure(ErrorKind::wait, 5min), failure(ErrorKind::wait, 24h)};
  add("a");
  run_for(299s);
  EXPECT_THAT(carrier_.attempts, SizeIs(1));
  run_for(1s);
  EXPECT_THAT(carrier_.attempts, SizeIs(2));
  run_for(24h);  // no pause is longer than an hour
  EXPECT_THAT(carrier_.times, ElementsAre(0s, 300s, 3900s));
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 1)));
}

TEST_F(DeliveryQueueTest, WhatDoesNotFitIsDroppedAndTheLogSaysSoOnce) {
  queue();
  carrier_.down = failure(ErrorKind::retry);
  for (std::size_t i = 0; i < DeliveryQueue::kMost; ++i)
    add("fits");
  EXPECT_EQ(taken_["fits"], 0);
  add("x");
  add("y");
  EXPECT_EQ(taken_["x"], 1);
  EXPECT_EQ(taken_["y"], 1);
  EXPECT_EQ(queue_length(), "1000");
  EXPECT_EQ(count("dropped"), "2");
  EXPECT_THAT(log_.lines(),
              ElementsAre("level=warn msg=\"too much waits for a sink: what comes now is dropped\" "
                          "sink=hook waiting=1000"));
  carrier_.down.reset();
  run_for(1min);
  EXPECT_EQ(taken_["fits"], 1000);
  add("z");
  run_ready();
  EXPECT_EQ(carrier_.attempts.back(), "z");
}

TEST_F(DeliveryQueueTest, WhatWaitsGoesTogetherWhereTheReceiverReadsSeveral) {
  queue({.at_once = 3, .between = 2s});
  for (const char* subject : {"a", "b", "c", "d"})
    add(subject);
  run_for(10s);
  EXPECT_THAT(carrier_.attempts, ElementsAre("abc", "d"));
  EXPECT_THAT(carrier_.times, ElementsAre(0s, 2s));
  EXPECT_EQ(count("ok"), "4");
}

TEST_F(DeliveryQueueTest, WhatIsRefusedTogetherIsTriedOneByOne) {
  queue({.at_once = 3, .between = 0s});
  carrier_.answers = {failure(ErrorKind::give_up), std::nullopt, failure(ErrorKind::give_up)};
  for (const char* subject : {"a", "b", "c", "d", "e"})
    add(subject);
  run_ready();
  EXPECT_THAT(carrier_.attempts, ElementsAre("abc", "a", "b", "c", "de"));
  EXPECT_EQ(count("ok"), "4");
  EXPECT_EQ(count("dropped"), "1");
  for (const auto& [subject, times] : taken_)
    EXPECT_EQ(times, 1) << subject;
}

TEST_F(DeliveryQueueTest, WhatIsNotDeliveredWhenItStopsIsNotTaken) {
  queue();
  carrier_.hangs = true;
  add("a");
  run_for(1s);
  loops_.request_stop();
  run_ready();
  EXPECT_EQ(loops_.size(), 0U);
  EXPECT_THAT(taken_, ElementsAre(Pair("a", 0)));
  EXPECT_FALSE(queue_->empty());
}

TEST_F(DeliveryQueueTest, WithoutNewsItDoesNothing) {
  queue();
  run_for(24h);
  EXPECT_THAT(carrier_.attempts, IsEmpty());
  EXPECT_EQ(count("failed"), "0");
}

}  // namespace
}  // namespace sas::alerts
