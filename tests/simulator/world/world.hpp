// SPDX-License-Identifier: Apache-2.0
#pragma once
// Security Center's memory of tasks, as a function of rules, seed and time: what ListOperationProcess and
// ListOperationProcessDetail would find. No clock in here: the time comes in, so that a test can play whole
// days at once and compare what was observed with what is true.

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "simulator/world/subtasks.hpp"
#include "simulator/world/task_life.hpp"
#include "simulator/world/world_rules.hpp"

namespace sas::simulator {

constexpr std::int32_t kDefaultPageSize = 20;

/// The parameters of ListOperationProcess. Empty lists and absent values filter nothing.
struct ListQuery {
  std::int32_t current_page = 1;
  std::int32_t page_size = kDefaultPageSize;
  std::optional<Time> start_time = {};  // lower bound of the creation, included
  std::optional<Time> end_time = {};    // upper bound of the completion, included: hides what has not ended
  std::vector<StatusCode> status_codes = {};
  std::vector<std::string> task_ids = {};  // to the letter
  std::vector<std::string> task_sources = {};
  std::vector<std::string> task_types = {};
};

struct PageInfo {
  std::int32_t current_page = 1;
  std::int32_t page_size = kDefaultPageSize;  // as used, which may be less than asked for
  std::int64_t total_count = 0;               // of all pages
  std::int64_t count = 0;                     // of this page

  friend bool operator==(const PageInfo&, const PageInfo&) = default;
};

struct TaskPage {
  PageInfo info = {};
  std::vector<Row> rows = {};
};

/// The parameters of ListOperationProcessDetail; `task_ids` are the parents', status codes those of subtasks.
struct DetailQuery {
  std::int32_t current_page = 1;
  std::int32_t page_size = kDefaultPageSize;
  std::optional<Time> start_time = {};
  std::optional<Time> end_time = {};
  std::vector<StatusCode> status_codes = {};
  std::vector<std::string> task_ids = {};
};

struct SubtaskPage {
  PageInfo info = {};
  std::vector<Subtask> rows = {};
};

class World {
 public:
  World(WorldRules rules, std::uint64_t seed, Time start);

  TaskPage list(const ListQuery& query, Time now);
  SubtaskPage details(const DetailQuery& query, Time now);

  /// What list() pages through: the matching tasks' places in lives(), in the order of the listing. Valid
  /// until the next call.
  const std::vector<std::uint32_t>& matching(const ListQuery& query, Time now);
  [[nodiscard]] Row row(std::uint32_t place, Time now) const { return row_at(lives_[place], rules_, now); }

  /// All tasks born until `now`, oldest first. Later calls only append, so a place in it stays what it is.
  const std::vector<TaskLife>& lives(Time now);

  [[nodiscard]] const WorldRules& rules() const { return rules_; }
  [[nodiscard]] Time start() const { return start_; }

 private:
  /// The matches of one query, kept while nothing steps that could change them.
  struct Selection {
    std::string filter;
    Time from;
    Time until;
    std::vector<std::uint32_t> places;
  };

  void grow(Time now);
  Selection select(const ListQuery& query, Time now) const;
  [[nodiscard]] Time next_batch_at(std::size_t workload) const;
  void bear_batch(std::size_t workload);

  WorldRules rules_;
  std::uint64_t seed_;
  Time start_;
  std::vector<std::int64_t> batches_;  // how many of each workload have been decided
  std::vector<TaskLife> unborn_;       // decided, but still to come: a heap, the next birth in front
  std::vector<TaskLife> lives_;
  std::list<Selection> selections_;  // the most recently used first
};

/// The page size that is used for the one asked for.
std::int32_t used_page_size(const WorldRules& rules, std::int32_t asked);

}  // namespace sas::simulator
