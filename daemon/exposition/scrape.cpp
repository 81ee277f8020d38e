// SPDX-License-Identifier: Apache-2.0
#include "exposition/scrape.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

namespace sas::exposition {
namespace {

using tasks::GaugeBlock;

// "} ", a sign, 19 digits, ".000" and the line feed, rounded up.
constexpr std::size_t kValueSize = 32;

char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* put_integer(char* out, std::int64_t value) {
  return std::to_chars(out, out + kValueSize, value).ptr;
}

char* put_milliseconds(char* out, std::int64_t value) {
  if (value < 0) *out++ = '-';
  const std::uint64_t size =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  out = std::to_chars(out, out + kValueSize, size / 1000).ptr;
  const auto rest = static_cast<unsigned>(size % 1000);
  *out++ = '.';
  *out++ = static_cast<char>('0' + rest / 100);
  *out++ = static_cast<char>('0' + rest / 10 % 10);
  *out++ = static_cast<char>('0' + rest % 10);
  return out;
}

// Writes the samples of one family of one block from `row` on, as many as fit. Returns where it stopped;
// kRows: all done.
std::size_t write_rows(const GaugeBlock& block, const Family& family, std::size_t row, char*& out,
                       const char* end) {
  const auto& values = block.values[static_cast<std::size_t>(family.gauge)];
  const bool with_source = family.gauge == tasks::Gauge::info;
  for (; row < GaugeBlock::kRows; ++row) {
    if (block.places[row].size == 0 || values[row] == tasks::kAbsent) continue;
    const std::string_view labels = with_source ? block.labels_with_source(row) : block.labels(row);
    if (family.name.size() + labels.size() + kValueSize > static_cast<std::size_t>(end - out)) break;
    out = put(out, family.name);
    *out++ = '{';
    out = put(out, labels);
    *out++ = '}';
    *out++ = ' ';
    out = family.value == Value::integer ? put_integer(out, values[row]) : put_milliseconds(out, values[row]);
    *out++ = '\n';
  }
  return row;
}

// So that even the longest labels fit a piece.
std::size_t room_for(const GaugeBlock& block) {
  std::size_t longest = 0;
  for (const GaugeBlock::Labels& place : block.places) {
    longest = std::max<std::size_t>(longest, place.size + place.source_size);
  }
  return longest + 128;
}

}  // namespace

ScrapeWriter::ScrapeWriter(Scrape scrape)
    : scrape_(std::move(scrape)),
      ahead_(std::exchange(scrape_.own_metrics, {}) + header(families().front(), scrape_.format)) {}

bool ScrapeWriter::next(std::string& piece) {
  piece = std::exchange(ahead_, {});
  while (piece.size() < kPiece && at_.family < families().size()) {
    if (at_.target == scrape_.targets.size()) {
      at_ = {.family = at_.family + 1};
      if (at_.family < families().size()) {
        piece += header(families()[at_.family], scrape_.format);
      } else if (scrape_.format == Format::openmetrics) {
        piece += "# EOF\n";
      }
    } else if (at_.block == scrape_.targets[at_.target].blocks.size()) {
      at_ = {.family = at_.family, .target = at_.target + 1};
    } else if (!write_block(piece)) {
      break;
    }
  }
  return !piece.empty();
}

// False where the piece is full before the block is done.
bool ScrapeWriter::write_block(std::string& piece) {
  const GaugeBlock& block = *scrape_.targets[at_.target].blocks[at_.block];
  const std::size_t written = piece.size();
  piece.resize(std::max(kPiece, written == 0 ? room_for(block) : 0));
  char* out = piece.data() + written;
  at_.row = write_rows(block, families()[at_.family], at_.row, out, piece.data() + piece.size());
  piece.resize(static_cast<std::size_t>(out - piece.data()));
  if (at_.row < GaugeBlock::kRows) return false;
  ++at_.block;
  at_.row = 0;
  return true;
}

}  // namespace sas::exposition
