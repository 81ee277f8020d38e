// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes one target's section of the state file line by line, so that the loop can stop after any line and go
// on with the next later: an opening line, the tasks, the firing alerts, what is known of each task type, the
// news, a closing line.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "snapshot/target_state.hpp"

namespace sas::snapshot {

/// A section that is ready to be written, and what the store must know of it without reading it.
struct Section {
  std::string target;
  std::vector<std::string> pieces;  // its text, cut anywhere
  std::uint64_t last_number = 0;
  std::vector<std::uint64_t> untold;  // the numbers of its news
  std::uint64_t checksum = 0;         // of the whole text, the closing line included
};

class SectionText {
 public:
  explicit SectionText(const TargetMark& mark);

  // In this order: all tasks, all alerts, all types, all news.
  void add(const tasks::TrackedTask& tracked);
  void add(const policy::FiringAlert& alert);
  void add(std::string_view task_type, const policy::TypeHistory& history);
  void add(const policy::News& news);

  /// Adds the tasks of the slots from `begin` on, at most `count` slots. Returns where to go on:
  /// `table.slots()` when all are written. The table must not change in between.
  tasks::Slot add(const tasks::TaskTable& table, tasks::Slot begin, tasks::Slot count);

  /// Closes the section. Nothing can be added after it.
  Section finish() &&;

 private:
  std::string& next_line();
  void seal();  // the last piece is complete

  Section section_;
  std::uint64_t lines_ = 0;
};

/// The section of a whole state at once.
Section encode(const TargetState& state);

}  // namespace sas::snapshot
