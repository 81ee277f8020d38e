// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is known of one target's tasks: each as last seen, with what only memory between polls can tell, and
// the columns that a scrape reads. diff.hpp writes it; everybody else reads.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "tasks/gauge_columns.hpp"
#include "tasks/subtasks.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

struct TrackedTask {
  Task task;  // as last seen
  Time first_seen;
  Time last_seen;
  Time items_progressed;      // when finish_count last moved, or first_seen
  Time subtasks_progressed;   // when detail_task_ready_count last moved, or first_seen
  Time status_changed;        // when the status last moved, or first_seen
  std::uint64_t seen_in = 0;  // number of the last observation that showed it
  unsigned absences = 0;      // complete observations in a row that did not
  std::shared_ptr<const SubtaskSummary> subtasks = nullptr;  // of its last end; null: not known

  /// The last sign of life on either axis, or of the status.
  [[nodiscard]] Time last_progress() const;
};

/// Lets the index be asked with a view, without making a string. Not boost::hash, which goes byte by byte.
struct IdHash {
  using is_transparent = void;
  using is_avalanching = void;
  std::size_t operator()(std::string_view id) const noexcept { return std::hash<std::string_view>{}(id); }
};

class TaskTable {
 public:
  explicit TaskTable(std::string target) : target_(std::move(target)) {}

  [[nodiscard]] const std::string& target() const { return target_; }
  [[nodiscard]] std::size_t size() const { return index_.size(); }

  [[nodiscard]] std::optional<Slot> find(std::string_view id) const;
  [[nodiscard]] const TrackedTask& at(Slot slot) const { return *rows_[slot]; }

  /// Adds a task that is not in the table yet.
  Slot insert(TrackedTask task);
  [[nodiscard]] TrackedTask& edit(Slot slot) { return *rows_[slot]; }
  void erase(Slot slot);

  /// What the subtasks of a task that has ended came to, until its status changes again. A scrape sees it at
  /// once where the task is shown.
  void set_subtasks(Slot slot, SubtaskSummary summary);

  /// One past the last slot that is or was in use.
  [[nodiscard]] Slot slots() const { return static_cast<Slot>(rows_.size()); }

  /// Calls `visit(slot, tracked)` for each task, in the order of the slots.
  template <class Visit>
  void for_each(Visit visit) const {
    for_each(0, slots(), visit);
  }

  /// The same for the slots from `begin` up to `end`, which may lie beyond the last one.
  template <class Visit>
  void for_each(Slot begin, Slot end, Visit visit) const {
    for (Slot slot = begin; slot < std::min(end, slots()); ++slot) {
      if (rows_[slot]) visit(slot, *rows_[slot]);
    }
  }

  /// Brings the row that a scrape sees up to date with the task, or takes it out.
  void show(Slot slot);
  void hide(Slot slot) { gauges_.clear(slot); }
  [[nodiscard]] bool is_shown(Slot slot) const { return gauges_.shows(slot); }
  [[nodiscard]] PublishedGauges publish() const { return gauges_.publish(); }

 private:
  std::string target_;
  std::vector<std::optional<TrackedTask>> rows_;
  std::vector<Slot> free_;
  // By the id as it is shown: with and without white space around it, it is the same task.
  boost::unordered_flat_map<std::string, Slot, IdHash, std::equal_to<>> index_;
  GaugeColumns gauges_;
};

}  // namespace sas::tasks
