// SPDX-License-Identifier: Apache-2.0
// The store while news is told from another thread, and when the process is killed.
#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "snapshot/store.hpp"
#include "support/states.hpp"
#include "support/temporary_folder.hpp"

namespace sas::snapshot {
namespace {

using support::numbers;
using support::state_with_news;
using testing::ElementsAre;

std::vector<TargetState> found(const std::string& path) {
  auto loaded = make_file_store(path)->load();
  EXPECT_TRUE(loaded) << loaded.error().message;
  return loaded ? *std::move(loaded) : std::vector<TargetState>{};
}

TargetState with_news_up_to(std::uint64_t last) {
  TargetState state = state_with_news("a", {});
  state.mark.last_number = last;
  for (std::uint64_t number = 1; number <= last; ++number)
    state.untold.push_back(support::step_news(number));
  return state;
}

// As many pieces of news as take longer to tell than the file takes to be replaced, so that some are told at
// each moment of it.
TEST(FileStoreDeathTest, WhatIsToldWhileAFileReplacesAnotherIsInTheOneThatWins) {
  constexpr std::uint64_t kNews = 1'000;
  const support::TemporaryFolder folder;
  const Section section = encode(with_news_up_to(kNews));
  const auto store = make_file_store(folder.path("state"));
  ASSERT_TRUE(store->load());
  for (int round = 0; round < 40; ++round) {
    ASSERT_TRUE(store->write(section));
    std::atomic<std::uint64_t> told = 0;
    std::thread teller([&] {
      for (std::uint64_t number = 1; number <= kNews; ++number) {
        EXPECT_TRUE(store->told("a", number));
        told = number;
      }
    });
    EXPECT_TRUE(store->write(section));
    const std::uint64_t sure = told;
    const auto untold = numbers(found(folder.path("state")).at(0));
    teller.join();
    ASSERT_TRUE(untold.empty() || untold.front() > sure) << untold.front() << " of " << sure << " was lost";
    ASSERT_TRUE(store->keep_only({}));
  }
}

TEST(FileStoreDeathTest, AKilledProcessHasToldWhatItAcknowledgedAndNothingElse) {
  const support::TemporaryFolder folder;
  const std::string path = folder.path("state");
  const auto die = [&] {
    const auto store = make_file_store(path);
    if (!store->load() || !store->write(encode(state_with_news("a", {1, 2, 3}))) || !store->told("a", 2))
      return;
    ::kill(::getpid(), SIGKILL);
  };
  EXPECT_EXIT(die(), testing::KilledBySignal(SIGKILL), "");
  ASSERT_EQ(found(path).size(), 1U);
  EXPECT_THAT(numbers(found(path).front()), ElementsAre(1, 3));
}

/// Writes state after state, and says after each one which it was, until it is killed.
[[noreturn]] void write_until_killed(const std::string& path, int report) {
  const auto store = make_file_store(path);
  if (!store->load()) ::_exit(1);
  for (std::uint64_t number = 1;; ++number) {
    TargetState state = state_with_news(number % 2 == 0 ? "even" : "odd", {});
    state.mark.last_number = number;
    state.tasks.resize(200, support::tracked(support::running("t")));
    if (!store->write(encode(state))) ::_exit(2);
    if (::write(report, &number, sizeof number) != sizeof number) ::_exit(3);
  }
}

TEST(FileStoreDeathTest, AProcessThatIsKilledAtAnyMomentLeavesAWholeFileWithItsLastState) {
  const support::TemporaryFolder folder;
  for (int round = 1; round <= 10; ++round) {
    std::array<int, 2> pipe = {};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) write_until_killed(folder.path("state"), pipe[1]);
    ::close(pipe[1]);
    std::uint64_t reported = 0;
    for (int i = 0; i < round; ++i)
      ASSERT_EQ(::read(pipe[0], &reported, sizeof reported), static_cast<ssize_t>(sizeof reported));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    std::uint64_t next = 0;
    while (::read(pipe[0], &next, sizeof next) == static_cast<ssize_t>(sizeof next))
      reported = next;
    ::close(pipe[0]);

    std::uint64_t last = 0;
    for (const TargetState& state : found(folder.path("state"))) {
      last = std::max(last, state.mark.last_number);
      EXPECT_EQ(state.tasks.size(), 200U);
    }
    EXPECT_GE(last, reported);
    std::filesystem::remove(folder.path("state"));
  }
}

}  // namespace
}  // namespace sas::snapshot
