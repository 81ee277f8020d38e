// SPDX-License-Identifier: Apache-2.0
#include "tasks/census.hpp"

namespace sas::tasks {

Census count(const TaskTable& table) {
  Census census;
  // Neighbours are mostly of one type: its row is looked up once for all of them.
  auto row = census.by_type.end();
  table.for_each([&](Slot, const TrackedTask& tracked) {
    const StatusCode code = tracked.task.status_code;
    if (code == kVanished) return;
    if (tracked.absences > 0) ++census.absent;
    const bool known = code >= 0 && static_cast<std::size_t>(code) < kStatusNames.size() - 1;
    const std::size_t column = known ? static_cast<std::size_t>(code) : kStatusNames.size() - 1;
    if (row == census.by_type.end() || row->first != tracked.task.type)
      row = census.by_type.try_emplace(tracked.task.type).first;
    ++row->second[column];
    if (is_active(code)) ++census.active;
  });
  return census;
}

}  // namespace sas::tasks
