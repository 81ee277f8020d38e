// SPDX-License-Identifier: Apache-2.0
#include "api/seen_ids.hpp"

#include <algorithm>
#include <functional>
#include <string>

namespace sas::api {
namespace {

constexpr std::size_t kFirstSize = 256;  // a power of two, as all sizes
constexpr std::size_t kKeptSize = 4096;

}  // namespace

void SeenIds::clear() {
  if (slots_.size() > kKeptSize) slots_ = {};
  std::ranges::fill(slots_, 0U);
}

// Where the row's id is, or the free place where it belongs.
std::size_t SeenIds::slot_of(const std::vector<tasks::Task>& tasks, std::size_t row) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string>{}(tasks[row].id) & mask;
  while (slots_[slot] != 0 && tasks[slots_[slot] - 1].id != tasks[row].id)
    slot = (slot + 1) & mask;
  return slot;
}

bool SeenIds::repeats(const std::vector<tasks::Task>& tasks) {
  const std::size_t last = tasks.size() - 1;
  if (2 * tasks.size() > slots_.size()) {  // at most half full; the first page starts here
    slots_.assign(std::max(kFirstSize, 2 * slots_.size()), 0);
    for (std::size_t row = 0; row < last; ++row)
      slots_[slot_of(tasks, row)] = static_cast<std::uint32_t>(row + 1);
  }
  std::uint32_t& place = slots_[slot_of(tasks, last)];
  if (place != 0) return true;
  place = static_cast<std::uint32_t>(last + 1);
  return false;
}

}  // namespace sas::api
