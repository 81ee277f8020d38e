// SPDX-License-Identifier: Apache-2.0
#include "polling/state_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/memory_store.hpp"
#include "support/polling_fixture.hpp"
#include "support/task_builder.hpp"

namespace sas::polling {
namespace {

using support::complete;
using support::MemoryStore;
using support::not_started;
using support::running;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class StateKeeperTest : public support::PollingFixture {
 protected:
  // One process: what it remembers is gone with it, but for the store.
  struct Process {
    Process(StateKeeperTest& test, std::string text, const std::string& endpoint = "https://a.invalid")
        : store(std::move(text)),
          keeper(&store, test.executor(), test.registry_, test.log_.log()),
          pipeline({.name = "production",
                    .endpoint = endpoint,
                    .ca_file = {},
                    .task_types = {},
                    .task_sources = {}},
                   limits().pipeline, test.metrics_, test.dispatcher_, test.key_, test.log_.log()) {
      for (snapshot::TargetState& state : test.await(keeper.load({"production"})))
        pipeline.restore(std::move(state));
    }

    void look(std::vector<tasks::Task> rows) {
      const tasks::Observation observation = pipeline.begin(now());
      pipeline.take(support::page_of(std::move(rows), "R-1"), observation);
      pipeline.complete(observation, true);
      pipeline.judge(observation.at);
    }

    MemoryStore store;
    StateKeeper keeper;
    Pipeline pipeline;
  };

  std::string state_writes(const std::string& result) const {
    return metric("sas_operation_state_writes_total{result=\"" + result + "\"}");
  }
};

TEST_F(StateKeeperTest, WhatWasToldIsNotToldByTheNextProcess) {
  Process first(*this, {});
  first.look({not_started("a")});
  await(first.keeper.keep(first.pipeline));
  first.look({running("a")});
  await(first.keeper.keep(first.pipeline));
  EXPECT_THAT(told(), ElementsAre("a not_started -> running"));

  Process second(*this, first.store.text());
  await(second.keeper.keep(second.pipeline));
  second.look({running("a")});
  await(second.keeper.keep(second.pipeline));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(StateKeeperTest, AnEmptyListIsHintedAtOnceAcrossRestarts) {
  Process first(*this, {});
  first.look({});
  EXPECT_THAT(log_.lines(),
              ElementsAre(AllOf(HasSubstr("level=warn msg=\"no tasks found\" target=production"),
                                HasSubstr("may be of the other centre"))));
  first.look({});
  await(first.keeper.keep(first.pipeline));
  Process second(*this, first.store.text());
  second.look({});
  EXPECT_THAT(log_.lines(), SizeIs(1));
}

TEST_F(StateKeeperTest, AnEmptyListIsNotHintedAtWhereThereWasATask) {
  Process first(*this, {});
  const tasks::Observation incomplete = first.pipeline.begin(now());
  first.pipeline.take(support::page_of({complete("a").created(kStart).ended(kStart)}, "R-1"), incomplete);
  await(first.keeper.keep(first.pipeline));
  Process second(*this, first.store.text());
  second.look({});
  second.look({});
  EXPECT_THAT(log_.lines(), IsEmpty());
}

TEST_F(StateKeeperTest, WhatHappenedWhileNoProcessRanIsToldOnce) {
  Process first(*this, {});
  first.look({running("a")});
  await(first.keeper.keep(first.pipeline));

  Process second(*this, first.store.text());
  second.look({complete("a"), complete("b")});
  await(second.keeper.keep(second.pipeline));
  EXPECT_THAT(told(), ElementsAre("a running -> complete", "b not_started -> running inferred",
                                  "b running -> complete inferred"));
}

// The worker is the test's own loop: what it is given runs when the loop is run.
TEST_F(StateKeeperTest, AProcessThatDiesBetweenWritingAndTellingLeavesTheTellingToTheNext) {
  Process first(*this, {});
  first.look({not_started("a"), running("b")});
  await(first.keeper.keep(first.pipeline));
  first.look({running("a"), complete("b")});
  EXPECT_TRUE(first.pipeline.unsaved());
  const std::string before = first.store.text();
  first.keeper.keep_now(first.pipeline);
  EXPECT_THAT(told(), SizeIs(2));
  EXPECT_NE(first.store.text(), before);

  // The file as it was with one of two acknowledgements: the process died in between.
  std::string text = first.store.text();
  text.erase(text.rfind("{\"told\""));
  Process second(*this, text);
  await(second.keeper.keep(second.pipeline));
  EXPECT_THAT(told(), ElementsAre("b running -> complete"));
  EXPECT_EQ(second.store.text(), first.store.text()) << "ticked off now";
}

TEST_F(StateKeeperTest, NothingIsToldBeforeItIsWritten) {
  Process process(*this, {});
  process.look({running("a")});
  await(process.keeper.keep(process.pipeline));
  process.look({complete("a")});
  context().restart();
  boost::asio::co_spawn(context(), process.keeper.keep(process.pipeline),
                        [](const std::exception_ptr& failure) { EXPECT_FALSE(failure); });
  const std::size_t writes = process.store.writes();
  while (process.store.writes() == writes) {
    EXPECT_THAT(told_, IsEmpty());
    ASSERT_EQ(context().run_one(), 1U);
  }
  run_ready();
  EXPECT_THAT(told(), ElementsAre("a running -> complete"));
}

TEST_F(StateKeeperTest, NothingIsWrittenWhenNothingChanged) {
  Process process(*this, {});
  for (int poll = 0; poll < 3; ++poll) {
    process.look({running("a")});
    await(process.keeper.keep(process.pipeline));
  }
  EXPECT_EQ(process.store.writes(), 1U);
}

TEST_F(StateKeeperTest, AlertsGoOnFiringWithoutBeingToldAgain) {
  Process first(*this, {});
  const auto late = not_started("a").created(now() - std::chrono::hours{2});
  first.look({late});
  await(first.keeper.keep(first.pipeline));
  EXPECT_THAT(told(), ElementsAre("a not_started firing"));

  Process second(*this, first.store.text());
  EXPECT_EQ(metric(R"(sas_operation_alerts_firing{alert="not_started",target="production"})"), "1");
  second.look({late});
  await(second.keeper.keep(second.pipeline));
  EXPECT_THAT(told(), IsEmpty());
  second.look({running("a")});
  await(second.keeper.keep(second.pipeline));
  EXPECT_THAT(told(), ElementsAre("a not_started -> running", "a not_started resolved"));
}

TEST_F(StateKeeperTest, AFullDiskCostsTheMemoryAndNotTheNews) {
  Process process(*this, {});
  process.look({running("a")});
  await(process.keeper.keep(process.pipeline));
  process.store.fail_with(Error{.kind = ErrorKind::retry, .message = "No space left on device"});
  process.look({complete("a")});
  await(process.keeper.keep(process.pipeline));
  await(process.keeper.keep(process.pipeline));
  EXPECT_THAT(told(), ElementsAre("a running -> complete"));
  EXPECT_EQ(state_writes("failed"), "2") << "tried again, although nothing new happened";
  const auto says_why = HasSubstr("No space left on device");
  EXPECT_THAT(log_.lines(), Contains(says_why).Times(1));

  process.store.fail_with(std::nullopt);
  await(process.keeper.keep(process.pipeline));
  EXPECT_EQ(state_writes("ok"), "2");
  EXPECT_THAT(log_.lines(), Contains(HasSubstr("written again")));
  EXPECT_FALSE(process.pipeline.unsaved());
}

TEST_F(StateKeeperTest, AFileThatCannotBeReadIsSetAsideAndTheNextOneBegun) {
  Process process(*this, "{\"foreign\":true}\n");
  EXPECT_THAT(process.store.texts_set_aside(), ElementsAre("{\"foreign\":true}\n"));
  EXPECT_THAT(log_.lines(), ElementsAre(HasSubstr("starting from a baseline")));
  process.look({complete("a")});
  await(process.keeper.keep(process.pipeline));
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_EQ(process.store.writes(), 1U);
}

}  // namespace
}  // namespace sas::polling
