// SPDX-License-Identifier: Apache-2.0
#include "tasks/census.hpp"

namespace sas::tasks {

Census count(const TaskTable& table) {
  Census census;
  table.for_each([&](Slot, const TrackedTask& tracked) {
    const StatusCode code = tracked.task.status_code;
    if (code == kVanished) return;
    if (tracked.absences > 0) ++census.absent;
    const bool known = code >= 0 && static_cast<std::size_t>(code) < kStatusNames.size() - 1;
    const std::size_t column = known ? static_cast<std::size_t>(code) : kStatusNames.size() - 1;
    ++census.by_type[tracked.task.type][column];
    if (is_active(code)) ++census.active;
  });
  return census;
}

}  // namespace sas::tasks
