// SPDX-License-Identifier: Apache-2.0
#pragma once
// How many tasks of each type are in each state.

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "tasks/task_table.hpp"

namespace sas::tasks {

/// The words of status_name(), in the order in which they are counted.
inline constexpr std::array<std::string_view, 5> kStatusNames{"not_started", "running", "complete",
                                                              "timed_out", "unknown"};

struct Census {
  std::map<std::string, std::array<std::size_t, kStatusNames.size()>, std::less<>> by_type;
  std::size_t active = 0;  // not started or running
  std::size_t absent = 0;  // of which there was no trace in the last complete observation; not vanished yet
};

Census count(const TaskTable& table);

}  // namespace sas::tasks
