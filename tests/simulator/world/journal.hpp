// SPDX-License-Identifier: Apache-2.0
#pragma once
// The true history: every step of every task, in order. What a watcher reported is compared with it.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulator/world/world.hpp"

namespace sas::simulator {

struct Step {
  std::string task_id;
  std::string task_type;
  std::optional<StatusCode> from;  // none: the task is born, or comes back into the lists
  std::optional<StatusCode> to;    // none: lists leave it out from now on
  Time time;

  friend bool operator==(const Step&, const Step&) = default;
};

/// One line of JSON, without its end: {"time":…,"task_id":…,"task_type":…,"from":…,"to":…}; times in
/// milliseconds.
std::string to_json(const Step& step);

class Journal {
 public:
  explicit Journal(World& world) : world_(world) {}

  /// The steps after the last call's `now`, until this one's, in order of time. What was before the
  /// simulation's start comes with the first call.
  std::vector<Step> advance(Time now);

  /// When the next step happens that is known by now. Tasks that are not born yet are not among them.
  [[nodiscard]] Time next() const { return pending_.empty() ? kNever : pending_.front().at; }

 private:
  struct Pending {
    Time at;
    std::size_t place;  // in the world's lives
    std::size_t step;   // of the task
    friend auto operator<=>(const Pending&, const Pending&) = default;
  };

  World& world_;
  std::size_t seen_lives_ = 0;
  std::vector<Pending> pending_;  // a heap, the next step in front; one entry a task
};

}  // namespace sas::simulator
