// SPDX-License-Identifier: Apache-2.0
#include "exposition/scrape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "exposition/number.hpp"

namespace sas::exposition {
namespace {

using tasks::GaugeBlock;
using tasks::SubtaskRows;

constexpr std::size_t kFamilies = tasks::kGaugeCount + 1;
constexpr std::size_t kSubtaskSamples = GaugeBlock::kRows * SubtaskRows::kStatuses;

// A family's name and the brace behind it. Copied in one go of a size that the compiler knows, which is a few
// instructions and no call; what comes next is written over the surplus.
struct Prefix {
  explicit Prefix(std::string_view name) : size(name.size() + 1) {
    name.copy(text.data(), name.size());
    text[name.size()] = '{';
  }

  std::array<char, 64> text{};
  std::size_t size;
};

// What stands behind the labels of a task's own, of a size that the compiler knows as well.
struct Suffix {
  constexpr explicit Suffix(std::string_view status) {
    for (const std::string_view part : {std::string_view(",status=\""), status, std::string_view("\"} ")})
      size += part.copy(text.data() + size, text.size() - size);
  }

  std::array<char, 32> text{};
  std::size_t size = 0;
};

// What a sample takes at most besides the labels of a task's own: prefix, suffix (elsewhere "} "), value,
// line feed.
constexpr std::size_t kSampleRoom = sizeof(Prefix::text) + sizeof(Suffix::text) + kNumberRoom + 1;

template <class Fixed>
char* put_fixed(char* out, const Fixed& fixed) {
  std::memcpy(out, fixed.text.data(), fixed.text.size());
  return out + fixed.size;
}

char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

// Asks for the text that is to be copied in some rows' time. A large table does not fit the nearer caches,
// and the hardware stops looking ahead at each page's end: without this, waiting is two fifths of a scrape.
void fetch_ahead(const std::string& text, std::size_t begin) {
  constexpr std::size_t kAhead = 1024;
  constexpr std::size_t kLine = 64;
  __builtin_prefetch(text.data() + std::min(begin + kAhead, text.size()));
  __builtin_prefetch(text.data() + std::min(begin + kAhead + kLine, text.size()));
}

// Writes the samples of one family of one block from `row` on, as many as fit. Returns where it stopped;
// kRows: all done.
std::size_t write_rows(const GaugeBlock& block, const Family& family, std::size_t row, char*& begin,
                       const char* end) {
  const Prefix prefix(family.name);
  const auto& values = block.values[static_cast<std::size_t>(family.gauge)];
  const bool with_source = family.gauge == tasks::Gauge::info;
  char* out = begin;
  for (; row < GaugeBlock::kRows; ++row) {
    const GaugeBlock::Labels place = block.places[row];
    const std::int64_t value = values[row];
    if (place.size == 0 || value == tasks::kAbsent) continue;
    const std::size_t size = place.size + (with_source ? place.source_size : 0);
    if (size + kSampleRoom > static_cast<std::size_t>(end - out)) break;
    fetch_ahead(block.text, place.begin);
    out = put_fixed(out, prefix);
    out = put(out, {block.text.data() + place.begin, size});
    *out++ = '}';
    *out++ = ' ';
    out = family.value == Value::integer ? put_integer(out, value) : put_milliseconds(out, value);
    *out++ = '\n';
  }
  begin = out;
  return row;
}

constexpr auto kSuffixes = []<std::size_t... kStatus>(std::index_sequence<kStatus...>) {
  return std::array{Suffix(tasks::kSubtaskStatusNames[kStatus])...};
}
(std::make_index_sequence<SubtaskRows::kStatuses>());

// Writes the samples of what the subtasks of a block's tasks came to, from one on, as many as fit. A task's
// statuses stand together, so that its labels are read once. Returns where it stopped.
std::size_t write_subtasks(const GaugeBlock& block, const SubtaskRows& subtasks, std::size_t sample,
                           char*& begin, const char* end) {
  const Prefix prefix(kSubtasksByStatus);
  char* out = begin;
  while (sample < kSubtaskSamples) {
    const std::size_t row = sample / SubtaskRows::kStatuses;
    if (!subtasks.given[row]) {
      sample = (row + 1) * SubtaskRows::kStatuses;
      continue;
    }
    const std::string_view labels = block.labels(row);
    fetch_ahead(block.text, block.places[row].begin);
    const std::size_t room = labels.size() + kSampleRoom;
    for (; sample < (row + 1) * SubtaskRows::kStatuses; ++sample) {
      if (room > static_cast<std::size_t>(end - out)) {
        begin = out;
        return sample;
      }
      const std::size_t status = sample % SubtaskRows::kStatuses;
      out = put_fixed(out, prefix);
      out = put(out, labels);
      out = put_fixed(out, kSuffixes[status]);
      out = put_integer(out, subtasks.counts[row][status]);
      *out++ = '\n';
    }
  }
  begin = out;
  return sample;
}

// So that even the longest labels fit a piece.
std::size_t piece_size_for(const std::vector<tasks::PublishedGauges>& targets) {
  std::size_t longest = 0;
  for (const tasks::PublishedGauges& target : targets) {
    for (const auto& block : target.blocks) {
      for (const GaugeBlock::Labels& place : block->places)
        longest = std::max<std::size_t>(longest, place.size + place.source_size);
    }
  }
  return std::max(ScrapeWriter::kPiece, longest + kSampleRoom);
}

}  // namespace

ScrapeWriter::ScrapeWriter(Scrape scrape)
    : scrape_(std::move(scrape)),
      piece_size_(piece_size_for(scrape_.targets)),
      ahead_(std::exchange(scrape_.own_metrics, {})) {
  begin_family(0);
}

bool ScrapeWriter::next(std::string& piece) {
  piece.resize(piece_size_);
  Room room{.begin = piece.data(), .end = piece.data() + piece.size()};
  while (write_some(room)) {
  }
  piece.resize(static_cast<std::size_t>(room.begin - piece.data()));
  return !piece.empty();
}

// False where the piece is full, or all is written.
bool ScrapeWriter::write_some(Room& room) {
  if (!ahead_.empty()) return write_ahead(room);
  if (at_.family == kFamilies) return false;
  if (at_.target == scrape_.targets.size()) {
    begin_family(at_.family + 1);
  } else if (at_.block == scrape_.targets[at_.target].blocks.size()) {
    at_ = {.family = at_.family, .target = at_.target + 1};
  } else {
    return write_block(room);
  }
  return true;
}

bool ScrapeWriter::write_ahead(Room& room) {
  const std::size_t size = std::min(ahead_.size(), static_cast<std::size_t>(room.end - room.begin));
  std::memcpy(room.begin, ahead_.data(), size);
  room.begin += size;
  ahead_.erase(0, size);
  return ahead_.empty();
}

bool ScrapeWriter::write_block(Room& room) {
  const GaugeBlock& block = *scrape_.targets[at_.target].blocks[at_.block];
  if (!write_samples(block, room)) return false;
  ++at_.block;
  at_.sample = 0;
  return true;
}

// False where the piece is full.
bool ScrapeWriter::write_samples(const GaugeBlock& block, Room& room) {
  if (at_.family < families().size()) {
    at_.sample = write_rows(block, families()[at_.family], at_.sample, room.begin, room.end);
    return at_.sample == GaugeBlock::kRows;
  }
  if (!block.subtasks) return true;
  at_.sample = write_subtasks(block, *block.subtasks, at_.sample, room.begin, room.end);
  return at_.sample == kSubtaskSamples;
}

void ScrapeWriter::begin_family(std::size_t family) {
  at_ = {.family = family};
  if (family < families().size()) {
    ahead_ += header(families()[family], scrape_.format);
  } else if (family < kFamilies) {
    ahead_ += subtasks_header();
  } else if (scrape_.format == Format::openmetrics) {
    ahead_ += "# EOF\n";
  }
}

}  // namespace sas::exposition
