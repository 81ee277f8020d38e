// SPDX-License-Identifier: Apache-2.0
#pragma once
// One operation task as the API gave it: a row of ListOperationProcess. What the API did not give is absent,
// and what it gave is kept as it is, also where it makes no sense.

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace sas::tasks {

/// StatusCode. Codes that the API does not document are kept as raw numbers.
using StatusCode = std::int32_t;

constexpr StatusCode kNotStarted = 0;
constexpr StatusCode kRunning = 1;
constexpr StatusCode kComplete = 2;
constexpr StatusCode kTimedOut = 3;

/// Not a code of the API: no list shows the task any more, and asking for it by its id finds nothing.
constexpr StatusCode kVanished = std::numeric_limits<StatusCode>::min();

/// The values of TaskType that the API documents.
inline constexpr std::array<std::string_view, 5> kTaskTypes{"CHECK_ALL", "CHECK_POLICY", "CHECK_SCHEDULE",
                                                            "CHECK_ITEM", "CHECK_INSTANCE"};

/// The word for a code in labels and logs: not_started, running, complete, timed_out, vanished, or unknown.
std::string_view status_name(StatusCode code);

/// Not started or running: the task may still move. An unknown code is not active and not ended.
constexpr bool is_active(StatusCode code) {
  return code == kNotStarted || code == kRunning;
}
constexpr bool has_ended(StatusCode code) {
  return code == kComplete || code == kTimedOut;
}

struct Task {
  std::string id;      // TaskId to the letter, a trailing newline included: what the API is asked with
  std::string type;    // TaskType; empty: absent
  std::string source;  // TaskSource; empty: absent
  StatusCode status_code = kNotStarted;
  std::optional<std::int64_t> total_count;              // items to check
  std::optional<std::int64_t> finish_count;             // items checked
  std::optional<std::int64_t> detail_task_total_count;  // subtasks
  std::optional<std::int64_t> detail_task_ready_count;  // subtasks completed
  std::optional<Time> create_time;
  std::optional<Time> start_time;
  std::optional<Time> end_time;  // an unfinished task's is not to be believed

  friend bool operator==(const Task&, const Task&) = default;
};

/// The id for showing: without the white space around it.
std::string_view shown_id(std::string_view id);

}  // namespace sas::tasks
