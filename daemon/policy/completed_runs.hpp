// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is known of the runs of each task type that completed: when the last one did, and how long the latest
// took, from which follows when one takes too long.

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace sas::policy {

struct TypeHistory {
  std::optional<Time> last_completed;
  std::deque<Milliseconds> durations;  // oldest first

  friend bool operator==(const TypeHistory&, const TypeHistory&) = default;
};

class CompletedRuns {
 public:
  static constexpr std::size_t kEnough = 20;      // durations of a type, to say anything of it
  static constexpr std::size_t kKept = 200;       // of each type
  static constexpr std::size_t kTypes = 64;       // others choose their names; later ones are not learned
  static constexpr Milliseconds kLeast{600'000};  // a limit of less would be about the rhythm of the polls

  using ByType = std::map<std::string, TypeHistory, std::less<>>;

  /// A run of the type completed, after so long where that is known.
  void add(std::string_view task_type, Time at, std::optional<Milliseconds> duration);

  /// From where a run of the type takes too long: twice the 95th percentile (nearest rank), ten minutes at
  /// least. Nothing as long as too few have been seen.
  [[nodiscard]] std::optional<Milliseconds> limit(std::string_view task_type) const;

  [[nodiscard]] std::optional<Time> last(std::string_view task_type) const;

  /// All of it, for remembering across a restart.
  [[nodiscard]] const ByType& by_type() const { return by_type_; }
  void restore(ByType by_type) { by_type_ = std::move(by_type); }

 private:
  ByType by_type_;
};

}  // namespace sas::policy
