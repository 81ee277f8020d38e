// SPDX-License-Identifier: Apache-2.0
// The promise that everything else stands on, played with random worlds, services that misbehave and
// processes that die: each transition once. Besides what GoogleTest takes:
//   --lives N   as many lives as that, instead of ten thousand
//   --seed S    this seed alone

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "flow/truth/plan.hpp"
#include "flow/truth/trial.hpp"
#include "runtime/clock.hpp"
#include "runtime/heap.hpp"

namespace sas::flow {
namespace {

constexpr int kLivesOfATrial = 150;
constexpr std::size_t kFaultsShown = 3;
constexpr double kCallsAboveTheFewest = 1.10;

struct Wish {
  std::size_t lives = 10'000;
  std::uint64_t seed = 0;  // 0: all from 1 on
};

// What main() was told. A test cannot be given arguments.
Wish& wish() {
  static Wish told;
  return told;
}

void report(const Plan& plan, const Verdict& verdict) {
  std::string text =
      fmt::format("{} faults; replay them with: flow_truth --seed {}\n", verdict.faults.size(), plan.seed);
  for (std::size_t i = 0; i < std::min(verdict.faults.size(), kFaultsShown); ++i)
    text += verdict.faults[i] + "\n";
  ADD_FAILURE() << text;
}

void add(Verdict& sum, const Verdict& one) {
  sum.lives += one.lives;
  sum.plain_states += one.plain_states;
  sum.steps += one.steps;
  sum.polls += one.polls;
  sum.processes += one.processes;
  sum.calls += one.calls;
}

TEST(Truth, EachTransitionIsToldOnce) {
  Verdict sum;
  double fullest_second = 0;  // calls, of those allowed
  Verdict kind;               // the plans under which nothing goes wrong
  const std::uint64_t first = wish().seed == 0 ? 1 : wish().seed;
  for (std::uint64_t seed = first; sum.lives < wish().lives; ++seed) {
    const Plan plan = plan_of(seed, kLivesOfATrial);
    const Verdict verdict = play(plan);
    add(sum, verdict);
    fullest_second = std::max(
        fullest_second, static_cast<double>(verdict.most_calls_a_second) / plan.max_requests_per_second);
    if (plan.is_kind) {
      add(kind, verdict);
      kind.fewest_calls += verdict.fewest_calls;
    }
    if (!verdict.faults.empty()) report(plan, verdict);
    if (wish().seed != 0) break;
  }
  if (wish().seed == 0) {
    EXPECT_GT(sum.steps, sum.lives) << "worlds in which little happens show little";
  }
  fmt::print(
      "{} lives, {} states plain to see, {} steps told by {} processes in {} complete polls, {} calls\n",
      sum.lives, sum.plain_states, sum.steps, sum.processes, sum.polls, sum.calls);
  fmt::print("the fullest second: {:.0f} % of the calls allowed\n", 100 * fullest_second);
  if (kind.fewest_calls == 0) return;
  const double ratio = static_cast<double>(kind.calls) / static_cast<double>(kind.fewest_calls);
  fmt::print("where nothing goes wrong: {:.2f} calls a poll, {:.3f} of the fewest\n",
             static_cast<double>(kind.calls) / static_cast<double>(kind.polls), ratio);
  EXPECT_LE(ratio, kCallsAboveTheFewest);
}

// A judge that lets everything pass would be of no use: each of these breaks one rule.
class BrokenRule : public testing::Test {
 protected:
  // Whether any of some seeds is found guilty.
  static bool is_noticed(const Tampering& tampering) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      if (!play(plan_of(seed, kLivesOfATrial), tampering).faults.empty()) return true;
    }
    return false;
  }
};

// A source between the daemon and the real one.
class TamperedSource : public cloud::OperationsSource {
 public:
  explicit TamperedSource(std::unique_ptr<cloud::OperationsSource> real) : real_(std::move(real)) {}
  boost::asio::awaitable<Result<tasks::SubtaskPage>> list_details(
      const api::ListOperationProcessDetailRequest& request) override {
    co_return co_await real_->list_details(request);
  }

 protected:
  std::unique_ptr<cloud::OperationsSource> real_;
};

class BlindLookups final : public TamperedSource {
 public:
  using TamperedSource::TamperedSource;
  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    Result<tasks::Page> page = co_await real_->list(request);
    if (page && !request.task_ids.empty()) {
      page->tasks.clear();
      page->total_count = page->count = 0;
    }
    co_return std::move(page);
  }
};

class ErrorsAreEnds final : public TamperedSource {
 public:
  using TamperedSource::TamperedSource;
  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    Result<tasks::Page> page = co_await real_->list(request);
    if (page) co_return std::move(page);
    co_return tasks::Page();
  }
};

class NothingComes final : public TamperedSource {
 public:
  using TamperedSource::TamperedSource;
  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest&) override {
    co_return Error{.kind = ErrorKind::retry, .cause = ErrorCause::transport, .message = "nothing comes"};
  }
};

class ShortSight final : public TamperedSource {
 public:
  using TamperedSource::TamperedSource;
  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    api::ListOperationProcessRequest shorter = request;
    if (shorter.start_time) shorter.start_time = runtime::wall_now();
    co_return co_await real_->list(shorter);
  }
};

// Rows of earlier polls, which nothing tells from fresh ones.
class StaleRows final : public TamperedSource {
 public:
  using TamperedSource::TamperedSource;
  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    Result<tasks::Page> page = co_await real_->list(request);
    if (!page) co_return std::move(page);
    for (tasks::Task& row : page->tasks) {
      const tasks::Task& first = first_.try_emplace(row.id, row).first->second;
      if (++rows_ % 50 == 0) row = first;
    }
    co_return std::move(page);
  }

 private:
  std::map<std::string, tasks::Task> first_;
  std::size_t rows_ = 0;
};

template <class Source>
Tampering with_source() {
  return {.source =
              [](std::unique_ptr<cloud::OperationsSource> real) {
                return std::unique_ptr<cloud::OperationsSource>(std::make_unique<Source>(std::move(real)));
              },
          .telling = {},
          .loses_ticks = false};
}

Tampering with_telling(std::function<std::vector<Told>(Told)> telling) {
  return {.source = {}, .telling = std::move(telling), .loses_ticks = false};
}

TEST_F(BrokenRule, LookingUpNothingIsNoticed) {
  EXPECT_TRUE(is_noticed(with_source<BlindLookups>()));
}

TEST_F(BrokenRule, TakingAnErrorForTheEndOfTheListIsNoticed) {
  EXPECT_TRUE(is_noticed(with_source<ErrorsAreEnds>()));
}

TEST_F(BrokenRule, NeverReadingAListToItsEndIsNoticed) {
  EXPECT_TRUE(is_noticed(with_source<NothingComes>()));
}

TEST_F(BrokenRule, LookingOnlyAtWhatIsActiveIsNoticed) {
  EXPECT_TRUE(is_noticed(with_source<ShortSight>()));
}

TEST_F(BrokenRule, TakingAStaleRowForNewsIsNoticed) {
  EXPECT_TRUE(is_noticed(with_source<StaleRows>()));
}

TEST_F(BrokenRule, ForgettingThatNewsWasToldIsNoticed) {
  EXPECT_TRUE(is_noticed({.source = {}, .telling = {}, .loses_ticks = true}));
}

TEST_F(BrokenRule, TellingOneStepTwiceIsNoticed) {
  EXPECT_TRUE(is_noticed(with_telling([count = 0](const Told& told) mutable {
    return ++count == 100 ? std::vector<Told>{told, told} : std::vector<Told>{told};
  })));
}

TEST_F(BrokenRule, KeepingOneStepBackIsNoticed) {
  EXPECT_TRUE(is_noticed(with_telling([count = 0](const Told& told) mutable {
    return ++count == 100 ? std::vector<Told>{} : std::vector<Told>{told};
  })));
}

TEST_F(BrokenRule, InventingAStepIsNoticed) {
  EXPECT_TRUE(is_noticed(with_telling([count = 0](const Told& told) mutable {
    std::vector<Told> all{told};
    if (++count == 100) {
      all.push_back(told);
      all.back().step = {.from = told.step.to, .to = tasks::kTimedOut, .inferred = false, .at = told.step.at};
    }
    return all;
  })));
}

bool read_number(std::string_view text, auto& number) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size() && number > 0;
}

}  // namespace
}  // namespace sas::flow

int main(int argc, char** argv) {
  sas::runtime::keep_freed_memory();
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; i += 2) {
    const std::string_view flag = argv[i];
    const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
    const bool understood = (flag == "--lives" && sas::flow::read_number(value, sas::flow::wish().lives)) ||
                            (flag == "--seed" && sas::flow::read_number(value, sas::flow::wish().seed));
    if (understood) continue;
    fmt::print(stderr, "{}: not understood; --lives N and --seed S take a whole number above 0\n", flag);
    return 2;
  }
  return RUN_ALL_TESTS();
}
