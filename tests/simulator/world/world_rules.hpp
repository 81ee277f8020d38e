// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a scenario says about the tasks of its world: which are born when, how they go on, how they are
// listed.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace sas::simulator {

/// Both ends included; which value it is, the seed decides.
template <class T>
struct Range {
  T least;
  T most;

  friend bool operator==(const Range&, const Range&) = default;
};

/// How a task's life ends.
enum class Ending : std::uint8_t {
  complete,           // 0, 1, 2
  timed_out,          // 0, 1, 3
  timed_out_waiting,  // 0, 3: never got its turn
  never_starts,       // stays 0
  never_ends,         // stays 1, its progress stuck where stall_at says
  // Odd ones, that no documentation rules out. What comes after the first end comes a `waits` later, each.
  late_completion,   // 0, 1, 3, 2
  reopened,          // 0, 1, 2, 1, 2
  requeued,          // 0, 1, 0, 1, 2
  unknown_between,   // 0, 1, 7, 2: a status that nobody knows
  vanishes,          // 0, 1, and then no list has it any more
  vanishes_waiting,  // 0, and then none has
  comes_back,        // 0, 1, in no list, 1, 2
};
constexpr std::size_t kEndings = 12;

/// Tasks of one kind: `count` at once, at `first` and then every `every`.
struct Workload {
  std::string type = "CHECK_ALL";
  std::string source = "YAO_CHI";
  std::int64_t count = 1;
  Milliseconds first{0};              // after the simulation's start; negative: before it
  std::optional<Milliseconds> every;  // none: once
  std::int64_t times = std::numeric_limits<std::int64_t>::max();  // how often at most
  Milliseconds jitter{0};                                         // each task is born up to so much later
  Range<Milliseconds> waits{Milliseconds{2'000}, Milliseconds{20'000}};  // from birth to start
  Range<Milliseconds> runs{Milliseconds{300'000},
                           Milliseconds{1'200'000}};  // from start to end, without stalls
  Range<std::int64_t> items{50, 500};
  Range<std::int64_t> subtasks{2, 12};
  std::array<double, kEndings> endings{1};  // weights, in Ending's order
  double stall_probability = 0;
  double stall_at = 0.5;  // the share of the progress
  Range<Milliseconds> stall_for{Milliseconds{600'000}, Milliseconds{600'000}};
  double failing_subtasks = 0;  // the share of the ended subtasks with status 4
  // Shares of the tasks whose numbers are odd.
  double progress_falls = 0;  // to half of what it was, for a third of the run
  double totals_grow = 0;     // while the task runs, to what they should be
  double clock_ahead = 0;     // their times are written by a clock that is ten minutes ahead
};

/// In which order tasks are listed. What the real service does is not documented.
enum class Order : std::uint8_t { newest_first, oldest_first, task_id };

/// What StartTime and EndTime of a task look like that has not got so far. Not documented either.
enum class UnfinishedTimes : std::uint8_t {
  absent,
  null,
  zero,
  planned,  // EndTime holds the time at which a running task will end, as in the reference page's sample
};

struct WorldRules {
  Order order = Order::newest_first;
  UnfinishedTimes unfinished_times = UnfinishedTimes::absent;
  std::optional<Milliseconds> forget_after;  // ended tasks are listed no longer so long after their end
  std::int32_t max_page_size = 100;          // larger ones are cut to this, and PageInfo says so
  std::string task_id_suffix;
  std::vector<Workload> workloads;
};

}  // namespace sas::simulator
