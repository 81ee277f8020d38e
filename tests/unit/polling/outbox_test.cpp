// SPDX-License-Identifier: Apache-2.0
#include "polling/outbox.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/plain_sink.hpp"
#include "support/states.hpp"
#include "telemetry/render.hpp"

namespace sas::polling {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Takes what it was told when the test says so.
class SlowSink final : public support::PlainSink {
 public:
  SlowSink(std::string name, bool wants_transitions) : PlainSink(std::move(name)), all_(wants_transitions) {}

  void take(std::string_view, const tasks::Transition&) override {}
  void take(const policy::AlertChange&) override {}
  [[nodiscard]] bool wants(const policy::Event& event) const override {
    return all_ || std::holds_alternative<policy::AlertChange>(event);
  }
  void tell(std::string_view, const policy::Event&, alerts::Taken taken) override {
    waiting.push_back(std::move(taken));
  }

  std::vector<alerts::Taken> waiting;

 private:
  bool all_;
};

policy::Event step() {
  return support::step_news(1).event;
}
policy::Event alert() {
  return policy::AlertChange{};
}

class OutboxTest : public testing::Test {
 protected:
  OutboxTest() {
    std::vector<std::unique_ptr<alerts::Sink>> sinks;
    auto log = std::make_unique<SlowSink>("log", true);
    auto hook = std::make_unique<SlowSink>("hook", false);
    log_ = log.get();
    hook_ = hook.get();
    sinks.push_back(std::move(log));
    sinks.push_back(std::move(hook));
    dispatcher_ = std::make_unique<alerts::Dispatcher>(std::move(sinks));
    outbox_ = std::make_unique<Outbox>("production", *dispatcher_, metrics_);
  }

  void deliver(std::size_t most = 100) {
    outbox_->deliver(most, [this](std::uint64_t number) { told_.push_back(number); });
  }

  std::string scrape() const { return telemetry::render(registry_, exposition::Format::text); }

  telemetry::Registry registry_;
  telemetry::TargetMetrics metrics_{registry_, "production"};
  SlowSink* log_ = nullptr;
  SlowSink* hook_ = nullptr;
  std::unique_ptr<alerts::Dispatcher> dispatcher_;
  std::unique_ptr<Outbox> outbox_;
  std::vector<std::uint64_t> told_;
};

TEST_F(OutboxTest, EachSinkThatWantsItHasACopyOfItsOwn) {
  outbox_->announce(step());
  outbox_->announce(alert());
  deliver();
  EXPECT_THAT(log_->waiting, SizeIs(2));
  EXPECT_THAT(hook_->waiting, SizeIs(1));
  EXPECT_EQ(outbox_->last_number(), 4U);
  EXPECT_THAT(told_, ElementsAre(1)) << "the metrics' copy, at once";
}

TEST_F(OutboxTest, ATransitionCountsWhenItIsHandedOut) {
  outbox_->announce(step());
  const std::string series =
      "sas_operation_task_transitions_total{from=\"running\",observed=\"direct\",target=\"production\","
      "task_type=\"CHECK_ALL\",to=\"complete\"} ";
  EXPECT_THAT(scrape(), HasSubstr(series + "0\n"));
  deliver();
  EXPECT_THAT(scrape(), HasSubstr(series + "1\n"));
}

TEST_F(OutboxTest, WhatASinkHasNotTakenIsRememberedHoweverTheOthersDo) {
  outbox_->announce(alert());
  outbox_->announce(alert());
  deliver();
  log_->waiting[0]();
  log_->waiting[1]();
  EXPECT_THAT(told_, ElementsAre(1, 3));
  deliver();
  std::vector<std::uint64_t> left;
  for (const auto& [number, handed] : outbox_->handed_out())
    left.push_back(number);
  EXPECT_THAT(left, ElementsAre(2, 4));
  hook_->waiting[1]();
  EXPECT_THAT(outbox_->handed_out(), SizeIs(2)) << "somebody may be reading";
  EXPECT_TRUE(outbox_->handed_out().at(4).taken);
  deliver();
  EXPECT_THAT(outbox_->handed_out(), SizeIs(1));
  EXPECT_THAT(told_, ElementsAre(1, 3, 4));
}

TEST_F(OutboxTest, NoMoreIsHandedOutThanAskedFor) {
  for (int i = 0; i < 3; ++i)
    outbox_->announce(alert());
  deliver(4);
  EXPECT_THAT(outbox_->untold(), SizeIs(2));
  EXPECT_THAT(log_->waiting, SizeIs(2));
}

TEST_F(OutboxTest, ARestartGoesOnForTheSinksThatAreStillThere) {
  policy::News gone{.number = 7, .sink = "pager", .event = alert()};
  policy::News kept{.number = 8, .sink = "hook", .event = alert()};
  outbox_->restore({gone, kept}, 9);
  deliver();
  EXPECT_THAT(hook_->waiting, SizeIs(1));
  EXPECT_THAT(log_->waiting, IsEmpty());
  outbox_->announce(alert());
  EXPECT_EQ(outbox_->last_number(), 11U) << "numbers are not used again";
}

TEST_F(OutboxTest, ASinkMayTakeItsNewsWhenTheOutboxIsGone) {
  outbox_->announce(alert());
  deliver();
  outbox_.reset();
  hook_->waiting[0]();
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(OutboxTest, WhatASinkLeavesBehindGoesToTheOneInItsPlaceAndOtherwiseNowhere) {
  asio::io_context context;
  runtime::TaskGroup loops(context.get_executor(), [](const std::string&, const std::exception_ptr&) {});
  dispatcher_->start(loops);
  outbox_->announce(alert());  // 1 to log, 2 to hook
  outbox_->announce(alert());  // 3 to log, 4 to hook
  deliver();
  log_->waiting[0]();
  const alerts::Taken late = std::move(hook_->waiting[0]);
  std::vector<std::unique_ptr<alerts::Sink>> added;
  auto next = std::make_unique<SlowSink>("hook", false);
  SlowSink& hook = *next;
  added.push_back(std::move(next));
  dispatcher_->exchange({}, std::move(added));
  outbox_->announce(alert());  // 5 to hook; there is no log any more
  deliver();
  EXPECT_THAT(hook.waiting, SizeIs(3)) << "2 and 4, and then 5";
  EXPECT_THAT(told_, ElementsAre(1, 3)) << "3 is for nobody";
  std::vector<std::uint64_t> left;
  for (const auto& [number, handed] : outbox_->handed_out())
    left.push_back(number);
  EXPECT_THAT(left, ElementsAre(2, 4, 5));
  late();
  EXPECT_THAT(told_, ElementsAre(1, 3, 2)) << "it was delivered after all, and twice";
}

}  // namespace
}  // namespace sas::polling
