// SPDX-License-Identifier: Apache-2.0
#pragma once
// Notices a task that a page shows twice. A bare open-addressing table over the page's own rows: no text is
// copied and its memory is kept from page to page.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tasks/task.hpp"

namespace sas::api {

class SeenIds {
 public:
  /// Forgets the last page.
  void clear();

  /// The last of `tasks` has an id that one of the others has. Call it once after each row.
  bool repeats(const std::vector<tasks::Task>& tasks);

 private:
  [[nodiscard]] std::size_t slot_of(const std::vector<tasks::Task>& tasks, std::size_t row) const;

  std::vector<std::uint32_t> slots_;  // row + 1; 0: free
};

}  // namespace sas::api
