// SPDX-License-Identifier: Apache-2.0
#include "tasks/gauge_columns.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "tasks/label_text.hpp"

namespace sas::tasks {
namespace {

void add_labels(GaugeBlock& block, GaugeBlock::Labels& place, std::string_view target, const Task& task) {
  place.begin = static_cast<std::uint32_t>(block.text.size());
  append_label(block.text, "target", target);
  block.text += ',';
  append_label(block.text, "task_id", shown_id(task.id));
  block.text += ',';
  append_label(block.text, "task_type", task.type);
  place.size = static_cast<std::uint32_t>(block.text.size()) - place.begin;
  if (!task.source.empty()) {
    block.text += ',';
    append_label(block.text, "task_source", task.source);
  }
  place.source_size = static_cast<std::uint32_t>(block.text.size()) - place.begin - place.size;
}

// Moves what is in use together once most of the text is not.
void compact(GaugeBlock& block) {
  std::string text;
  text.reserve(block.text.size() - block.unused);
  for (GaugeBlock::Labels& place : block.places) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    text.append(block.text, place.begin, place.size + place.source_size);
    place.begin = begin;
  }
  block.text = std::move(text);
  block.unused = 0;
}

bool has_subtasks(const GaugeBlock& block, std::size_t at) {
  return block.subtasks && block.subtasks->given[at];
}

using RowCounts = std::array<std::uint32_t, SubtaskRows::kStatuses>;

RowCounts row_of(const SubtaskCounts& counts) {
  RowCounts row{};
  std::transform(counts.begin(), counts.end(), row.begin(), [](std::uint64_t count) {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
  });
  return row;
}

// As GaugeColumns::writable().
SubtaskRows& writable_subtasks(GaugeBlock& block) {
  if (!block.subtasks) {
    block.subtasks = std::make_shared<SubtaskRows>();
  } else if (block.subtasks.use_count() > 1) {
    block.subtasks = std::make_shared<SubtaskRows>(*block.subtasks);
  }
  return *block.subtasks;
}

void set_subtasks(GaugeBlock& block, std::size_t at, const RowCounts& counts) {
  SubtaskRows& rows = writable_subtasks(block);
  rows.given.set(at);
  rows.counts[at] = counts;
}

void clear_subtasks(GaugeBlock& block, std::size_t at) {
  SubtaskRows& rows = writable_subtasks(block);
  rows.given.reset(at);
  if (rows.given.none()) block.subtasks.reset();
}

}  // namespace

std::string_view GaugeBlock::labels(std::size_t row) const {
  return std::string_view(text).substr(places[row].begin, places[row].size);
}

std::string_view GaugeBlock::labels_with_source(std::size_t row) const {
  return std::string_view(text).substr(places[row].begin, places[row].size + places[row].source_size);
}

void GaugeColumns::write(Slot slot, const GaugeRow& row, std::string_view target, const Task& task) {
  while (blocks_.size() <= slot / GaugeBlock::kRows)
    blocks_.push_back(std::make_shared<GaugeBlock>());
  GaugeBlock& block = writable(slot / GaugeBlock::kRows);
  const std::size_t at = slot % GaugeBlock::kRows;
  for (std::size_t gauge = 0; gauge < kGaugeCount; ++gauge)
    block.values[gauge][at] = row[gauge];
  if (block.places[at].size == 0) add_labels(block, block.places[at], target, task);
}

void GaugeColumns::write_subtasks(Slot slot, const SubtaskCounts* counts) {
  const std::size_t at = slot % GaugeBlock::kRows;
  const GaugeBlock& now = *blocks_[slot / GaugeBlock::kRows];
  const bool known = has_subtasks(now, at);
  if (counts == nullptr) {
    if (known) clear_subtasks(writable(slot / GaugeBlock::kRows), at);
    return;
  }
  const RowCounts row = row_of(*counts);
  if (!known || now.subtasks->counts[at] != row) set_subtasks(writable(slot / GaugeBlock::kRows), at, row);
}

void GaugeColumns::clear(Slot slot) {
  if (!shows(slot)) return;
  GaugeBlock& block = writable(slot / GaugeBlock::kRows);
  GaugeBlock::Labels& place = block.places[slot % GaugeBlock::kRows];
  block.unused += place.size + place.source_size;
  place = {};
  if (has_subtasks(block, slot % GaugeBlock::kRows)) clear_subtasks(block, slot % GaugeBlock::kRows);
  if (block.unused > block.text.size() / 2) compact(block);
}

bool GaugeColumns::shows(Slot slot) const {
  const std::size_t block = slot / GaugeBlock::kRows;
  return block < blocks_.size() && blocks_[block]->places[slot % GaugeBlock::kRows].size != 0;
}

PublishedGauges GaugeColumns::publish() const {
  return {.blocks = {blocks_.begin(), blocks_.end()}};
}

GaugeBlock& GaugeColumns::writable(std::size_t block) {
  // One thread: nobody can take a share between the look and the write.
  if (blocks_[block].use_count() > 1) blocks_[block] = std::make_shared<GaugeBlock>(*blocks_[block]);
  return *blocks_[block];
}

}  // namespace sas::tasks
