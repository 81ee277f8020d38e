// SPDX-License-Identifier: Apache-2.0
#pragma once
// The subtasks of a task, rows of ListOperationProcessDetail, and what they came to in the end.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/time.hpp"
#include "tasks/observation.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

/// A subtask's fifth code; the others are a task's.
constexpr StatusCode kSubtaskFailed = 4;

/// The words for subtask states in labels, in the order of their codes; unknown stands for all other codes.
inline constexpr std::array<std::string_view, 6> kSubtaskStatusNames{"not_started", "running", "complete",
                                                                     "timed_out",   "failed",  "unknown"};

/// How many subtasks are in each state, in the order of kSubtaskStatusNames.
using SubtaskCounts = std::array<std::uint64_t, kSubtaskStatusNames.size()>;

/// The place of a code in SubtaskCounts.
constexpr std::size_t subtask_status(StatusCode code) {
  return code >= kNotStarted && code <= kSubtaskFailed ? static_cast<std::size_t>(code)
                                                       : kSubtaskStatusNames.size() - 1;
}

/// A thing that the subtask checks.
struct Check {
  std::optional<std::int64_t> id;
  std::string show_name;

  friend bool operator==(const Check&, const Check&) = default;
};

struct Subtask {
  std::string id;  // DetailTaskId
  std::string
      task_id;  // TaskId: of the task that it is part of, as far as the documentation can be understood
  StatusCode status_code = kNotStarted;
  std::optional<std::int64_t> asset_vendor;
  std::optional<std::int64_t> asset_type;
  std::optional<std::int64_t> asset_sub_type;
  std::optional<Time> create_time;
  std::optional<Time> start_time;
  std::optional<Time> end_time;
  std::vector<Check> checks;

  friend bool operator==(const Subtask&, const Subtask&) = default;
};

/// One page of ListOperationProcessDetail.
struct SubtaskPage {
  std::string request_id;
  std::optional<std::int64_t> current_page;
  std::optional<std::int64_t> page_size;
  std::optional<std::int64_t> total_count;
  std::optional<std::int64_t> count;
  std::vector<Subtask> subtasks;
  std::vector<Violation> violations;
};

/// So many failed subtasks are told by name, each with so many of its checks, of whose names so many bytes.
constexpr std::size_t kFailedNamed = 10;
constexpr std::size_t kChecksNamed = 20;
constexpr std::size_t kMostNameBytes = 200;

struct FailedSubtask {
  std::string id;                   // as it is shown
  std::vector<std::string> checks;  // their names; of a check without one its id

  friend bool operator==(const FailedSubtask&, const FailedSubtask&) = default;
};

/// What the subtasks of a task that has ended came to.
struct SubtaskSummary {
  SubtaskCounts by_status{};
  std::vector<FailedSubtask> failed = {};  // the first kFailedNamed

  /// Those that failed. Who timed out or never ran is counted apart.
  [[nodiscard]] std::uint64_t failures() const { return by_status[subtask_status(kSubtaskFailed)]; }
  [[nodiscard]] std::uint64_t total() const;

  friend bool operator==(const SubtaskSummary&, const SubtaskSummary&) = default;
};

/// Counts the subtasks on the pages of a listing, each once however often it is listed. Of two rows of one
/// subtask the one that has ended counts, else the first: pages shift while they are read. A row whose TaskId
/// is not the task's counts like any other, since nothing documents that it would be.
class SubtaskTally {
 public:
  /// Rows without a DetailTaskId are taken for one and the same: give them names of your own.
  void add(const SubtaskPage& page);

  [[nodiscard]] SubtaskSummary take() { return std::move(summary_); }

 private:
  void count(const Subtask& subtask);

  boost::unordered_flat_map<std::string, StatusCode> seen_;  // by the id as it is shown
  SubtaskSummary summary_;
};

}  // namespace sas::tasks
