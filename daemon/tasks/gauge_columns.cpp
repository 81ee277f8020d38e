// SPDX-License-Identifier: Apache-2.0
#include "tasks/gauge_columns.hpp"

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

void GaugeColumns::clear(Slot slot) {
  if (!shows(slot)) return;
  GaugeBlock& block = writable(slot / GaugeBlock::kRows);
  GaugeBlock::Labels& place = block.places[slot % GaugeBlock::kRows];
  block.unused += place.size + place.source_size;
  place = {};
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
