// SPDX-License-Identifier: Apache-2.0
#pragma once
// The numbers of the task gauges as a scrape reads them: column by column, beside each task's finished label
// text. Copy-on-write in blocks: a scrape holds a `Published` and reads one state of the table however long
// it takes and whatever polls land meanwhile; a write copies only the blocks that a scrape still holds.

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tasks/subtasks.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

/// A row of the table; stays the same for as long as the task is in it.
using Slot = std::uint32_t;

enum class Gauge : std::uint8_t {
  info,  // always 1; its label text has task_source too
  status_code,
  items,
  items_finished,
  subtasks,
  subtasks_ready,
  created_timestamp,  // this one and those below in milliseconds
  started_timestamp,
  ended_timestamp,
  last_progress_timestamp,
};
constexpr std::size_t kGaugeCount = 10;

/// In place of a number that the API did not give: such a sample is not rendered.
constexpr std::int64_t kAbsent = std::numeric_limits<std::int64_t>::min();

constexpr std::size_t kBlockRows = 256;

/// What the subtasks of a block's tasks came to, where it is known. Few tasks have ended lately, so most
/// blocks do without.
struct SubtaskRows {
  static constexpr std::size_t kStatuses = kSubtaskStatusNames.size();

  std::array<std::array<std::uint32_t, kStatuses>, kBlockRows> counts{};  // [row][status]
  std::bitset<kBlockRows> given;                                          // these rows have them
};

/// Rows side by side. The label text of all rows stands in one piece, so that a pass over the rows reads
/// memory in order.
struct GaugeBlock {
  static constexpr std::size_t kRows = kBlockRows;

  /// Where a row's label text stands: `target="…",task_id="…",task_type="…"`, and behind it
  /// `,task_source="…"` or nothing.
  struct Labels {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;         // without the source; 0: the row is not shown
    std::uint32_t source_size = 0;  // of what follows
  };

  [[nodiscard]] std::string_view labels(std::size_t row) const;
  [[nodiscard]] std::string_view labels_with_source(std::size_t row) const;

  std::array<std::array<std::int64_t, kRows>, kGaugeCount> values{};  // [gauge][row]
  std::array<Labels, kRows> places{};
  std::string text;
  std::size_t unused = 0;                 // bytes of the text that belong to no row any more
  std::shared_ptr<SubtaskRows> subtasks;  // null: of no row; shared by the copies of a block as blocks are
};

/// One state of a target's gauges. Cheap to copy; never changes.
struct PublishedGauges {
  std::vector<std::shared_ptr<const GaugeBlock>> blocks;
};

/// The numbers of one row.
using GaugeRow = std::array<std::int64_t, kGaugeCount>;

class GaugeColumns {
 public:
  /// Writes a row, and makes its label text if it is not shown yet.
  void write(Slot slot, const GaugeRow& row, std::string_view target, const Task& task);

  /// Writes what the subtasks of a row that is shown came to; null: that is not known.
  void write_subtasks(Slot slot, const SubtaskCounts* counts);

  /// Takes a row out of what is shown.
  void clear(Slot slot);

  [[nodiscard]] bool shows(Slot slot) const;

  [[nodiscard]] PublishedGauges publish() const;

 private:
  GaugeBlock& writable(std::size_t block);

  std::vector<std::shared_ptr<GaugeBlock>> blocks_;
};

}  // namespace sas::tasks
