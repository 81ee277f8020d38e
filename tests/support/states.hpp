// SPDX-License-Identifier: Apache-2.0
#pragma once
// States of targets to be written and read back, and what it takes for two of them to be the same.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include "snapshot/target_state.hpp"
#include "support/task_builder.hpp"

namespace sas::support {

inline tasks::TrackedTask tracked(tasks::Task task) {
  const Time seen = kNoon + Milliseconds{5'000};
  return {.task = std::move(task),
          .first_seen = kNoon,
          .last_seen = seen,
          .items_progressed = kNoon,
          .subtasks_progressed = kNoon,
          .status_changed = seen};
}

inline policy::News step_news(std::uint64_t number, std::string id = "t") {
  tasks::Transition step;
  step.task = complete(std::move(id));
  step.from = tasks::kRunning;
  step.to = tasks::kComplete;
  step.seen_at = kNoon;
  step.request_id = "R-1";
  return {.number = number, .sink = "log", .event = std::move(step)};
}

/// A target with nothing but news.
inline snapshot::TargetState state_with_news(std::string target,
                                             std::initializer_list<std::uint64_t> numbers) {
  snapshot::TargetState state;
  state.mark = {.target = std::move(target), .endpoint = "https://tds.example", .last_complete = kNoon};
  for (const std::uint64_t number : numbers) {
    state.untold.push_back(step_news(number));
    state.mark.last_number = number;
  }
  return state;
}

/// Draws values that are hard to write: odd bytes, the ends of ranges, absences.
class RandomStates {
 public:
  explicit RandomStates(unsigned seed) : random_(seed) {}

  snapshot::TargetState state(std::string target, std::size_t tasks) {
    snapshot::TargetState state;
    state.mark = {.target = std::move(target),
                  .endpoint = text(),
                  .last_complete = maybe([this] { return time(); }),
                  .listed_since = maybe([this] { return time(); }),
                  .watched_since = maybe([this] { return time(); }),
                  .last_number = random_()};
    for (std::size_t i = 0; i < tasks; ++i) {
      state.tasks.push_back(tracked_task());
      if (one_in(4))
        state.alerts.push_back(
            {.alert = alert(), .subject = text(), .evidence = evidence(), .since = time()});
      if (one_in(4)) state.runs[text()] = history();

      if (one_in(4)) state.untold.push_back(news(state.mark.target));
    }
    return state;
  }

  std::string text() {
    static const std::string kPieces[]{"a",    "\"", "\\",   "\n", "\r", "\t", "\x1f",
                                       "\x7f", "é",  "任务", "😀",  "/",  "}",  std::string(1, '\0')};
    std::string text;
    for (std::size_t i = random_() % 12; i > 0; --i)
      text += kPieces[random_() % std::size(kPieces)];
    return text;
  }

 private:
  bool one_in(unsigned n) { return random_() % n == 0; }

  template <class Draw>
  std::optional<std::invoke_result_t<Draw>> maybe(Draw draw) {
    if (one_in(3)) return std::nullopt;
    return draw();
  }

  std::int64_t number() {
    constexpr std::int64_t kEnds[]{0, -1, 1, std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max()};
    return one_in(3) ? kEnds[random_() % std::size(kEnds)] : static_cast<std::int64_t>(random_());
  }
  Time time() { return Time{Milliseconds{number()}}; }
  tasks::StatusCode code() {
    return one_in(4) ? tasks::kVanished : static_cast<tasks::StatusCode>(random_() % 7) - 1;
  }
  policy::Alert alert() { return policy::kAlerts[random_() % policy::kAlerts.size()]; }

  tasks::Task task() {
    const auto some_number = [this] { return number(); };
    const auto some_time = [this] { return time(); };
    return {.id = text(),
            .type = text(),
            .source = text(),
            .status_code = code(),
            .total_count = maybe(some_number),
            .finish_count = maybe(some_number),
            .detail_task_total_count = maybe(some_number),
            .detail_task_ready_count = maybe(some_number),
            .create_time = maybe(some_time),
            .start_time = maybe(some_time),
            .end_time = maybe(some_time)};
  }
  tasks::TrackedTask tracked_task() {
    return {.task = task(),
            .first_seen = time(),
            .last_seen = time(),
            .items_progressed = time(),
            .subtasks_progressed = time(),
            .status_changed = time(),
            .absences = static_cast<unsigned>(random_() % 4),
            .subtasks = one_in(3) ? std::make_shared<const tasks::SubtaskSummary>(summary()) : nullptr};
  }
  tasks::SubtaskSummary summary() {
    tasks::SubtaskSummary summary;
    for (std::uint64_t& count : summary.by_status)
      count = random_();
    for (std::size_t i = random_() % 3; i > 0; --i)
      summary.failed.push_back({.id = text(), .checks = {text(), text()}});
    return summary;
  }
  policy::TypeHistory history() {
    policy::TypeHistory history{.last_completed = maybe([this] { return time(); }), .durations = {}};
    for (std::size_t i = random_() % 3; i > 0; --i)
      history.durations.emplace_back(number());
    return history;
  }
  policy::Evidence evidence() {
    return {.tracked = maybe([this] { return tracked_task(); }),
            .task_type = text(),
            .cause = text(),
            .detail = text(),
            .moment = maybe([this] { return time(); }),
            .limit = maybe([this] { return Milliseconds{number()}; })};
  }
  policy::News news(const std::string& target) {
    if (one_in(2)) {
      return {.number = random_(),
              .sink = text(),
              .event = policy::AlertChange{
                  .target = target,
                  .alert = alert(),
                  .subject = text(),
                  .status = one_in(2) ? policy::AlertStatus::firing : policy::AlertStatus::resolved,
                  .evidence = evidence(),
                  .since = time(),
                  .at = time(),
                  .request_id = text()}};
    }
    return {.number = random_(),
            .sink = text(),
            .event =
                tasks::Transition{.task = task(),
                                  .from = code(),
                                  .to = code(),
                                  .observed = one_in(2) ? tasks::Observed::direct : tasks::Observed::inferred,
                                  .seen_at = time(),
                                  .duration = maybe([this] { return Milliseconds{number()}; }),
                                  .request_id = text()}};
  }

  std::mt19937_64 random_;
};

inline void expect_same(const tasks::TrackedTask& a, const tasks::TrackedTask& b) {
  EXPECT_EQ(a.task, b.task);
  EXPECT_EQ(a.first_seen, b.first_seen);
  EXPECT_EQ(a.last_seen, b.last_seen);
  EXPECT_EQ(a.items_progressed, b.items_progressed);
  EXPECT_EQ(a.subtasks_progressed, b.subtasks_progressed);
  EXPECT_EQ(a.status_changed, b.status_changed);
  EXPECT_EQ(a.absences, b.absences);
  ASSERT_EQ(a.subtasks == nullptr, b.subtasks == nullptr);
  if (a.subtasks) {
    EXPECT_EQ(*a.subtasks, *b.subtasks);
  }
}

inline void expect_same(const policy::Evidence& a, const policy::Evidence& b) {
  ASSERT_EQ(a.tracked.has_value(), b.tracked.has_value());
  if (a.tracked) expect_same(*a.tracked, *b.tracked);
  EXPECT_EQ(a.task_type, b.task_type);
  EXPECT_EQ(a.cause, b.cause);
  EXPECT_EQ(a.detail, b.detail);
  EXPECT_EQ(a.moment, b.moment);
  EXPECT_EQ(a.limit, b.limit);
}

inline void expect_same(const policy::FiringAlert& a, const policy::FiringAlert& b) {
  EXPECT_EQ(a.alert, b.alert);
  EXPECT_EQ(a.subject, b.subject);
  EXPECT_EQ(a.since, b.since);
  expect_same(a.evidence, b.evidence);
}

inline void expect_same(const tasks::Transition& a, const tasks::Transition& b) {
  EXPECT_EQ(a.task, b.task);
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.to, b.to);
  EXPECT_EQ(a.observed, b.observed);
  EXPECT_EQ(a.seen_at, b.seen_at);
  EXPECT_EQ(a.duration, b.duration);
  EXPECT_EQ(a.request_id, b.request_id);
}

inline void expect_same(const policy::AlertChange& a, const policy::AlertChange& b) {
  EXPECT_EQ(a.target, b.target);
  EXPECT_EQ(a.alert, b.alert);
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(a.since, b.since);
  EXPECT_EQ(a.at, b.at);
  EXPECT_EQ(a.request_id, b.request_id);
  EXPECT_EQ(a.subject, b.subject);
  expect_same(a.evidence, b.evidence);
}

inline void expect_same(const policy::News& a, const policy::News& b) {
  EXPECT_EQ(a.number, b.number);
  EXPECT_EQ(a.sink, b.sink);
  ASSERT_EQ(a.event.index(), b.event.index());
  if (const auto* step = std::get_if<tasks::Transition>(&a.event)) {
    expect_same(*step, std::get<tasks::Transition>(b.event));
  } else {
    expect_same(std::get<policy::AlertChange>(a.event), std::get<policy::AlertChange>(b.event));
  }
}

inline void expect_same(const snapshot::TargetState& a, const snapshot::TargetState& b) {
  EXPECT_EQ(a.mark, b.mark);
  ASSERT_EQ(a.tasks.size(), b.tasks.size());
  ASSERT_EQ(a.alerts.size(), b.alerts.size());
  ASSERT_EQ(a.untold.size(), b.untold.size());
  for (std::size_t i = 0; i < a.tasks.size(); ++i)
    expect_same(a.tasks[i], b.tasks[i]);
  EXPECT_EQ(a.runs, b.runs);
  for (std::size_t i = 0; i < a.alerts.size(); ++i)
    expect_same(a.alerts[i], b.alerts[i]);
  for (std::size_t i = 0; i < a.untold.size(); ++i)
    expect_same(a.untold[i], b.untold[i]);
}

/// The numbers of the news that a state still has to tell.
inline std::vector<std::uint64_t> numbers(const snapshot::TargetState& state) {
  std::vector<std::uint64_t> found;
  for (const policy::News& news : state.untold)
    found.push_back(news.number);
  return found;
}

}  // namespace sas::support
