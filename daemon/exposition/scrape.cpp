// SPDX-License-Identifier: Apache-2.0
#include "exposition/scrape.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

namespace sas::exposition {
namespace {

using tasks::GaugeBlock;

// "} ", a sign, 19 digits, ".000" and the line feed, rounded up.
constexpr std::size_t kValueSize = 32;

// Copies of a size that the compiler knows are a few instructions, of any other a call; at ten million
// samples a second the calls are most of the cost. So names and labels are copied in chunks, over their ends,
// into room that is there.
constexpr std::size_t kChunk = 32;

// A family's name and the brace behind it.
struct Prefix {
  explicit Prefix(std::string_view name) : size(name.size() + 1) {
    std::memcpy(text.data(), name.data(), name.size());
    text[name.size()] = '{';
  }

  std::array<char, 64> text{};
  std::size_t size;
};

char* put(char* out, const Prefix& prefix) {
  std::memcpy(out, prefix.text.data(), prefix.text.size());
  return out + prefix.size;
}

// `readable`: bytes from the label's first on that may be read, beyond its own.
char* put(char* out, std::string_view label, std::size_t readable) {
  if (label.size() + kChunk > readable) {
    std::memcpy(out, label.data(), label.size());
  } else {
    for (std::size_t at = 0; at < label.size(); at += kChunk)
      std::memcpy(out + at, label.data() + at, kChunk);
  }
  return out + label.size();
}

constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

void put_two(char* out, std::uint32_t value) {
  std::memcpy(out, &kPairs[2 * value], 2);
}

void put_four(char* out, std::uint32_t value) {
  put_two(out, value / 100);
  put_two(out + 2, value % 100);
}

// Ten digits, in steps that wait for each other as little as may be.
void put_ten(char* out, std::uint64_t value) {
  const auto high = static_cast<std::uint32_t>(value / 10'000);  // six digits
  put_two(out, high / 10'000);
  put_four(out + 2, high % 10'000);
  put_four(out + 6, static_cast<std::uint32_t>(value % 10'000));
}

char* put_integer(char* out, std::int64_t value) {
  if (value < 0 || value > 9'999) return std::to_chars(out, out + kValueSize, value).ptr;
  const auto small = static_cast<std::uint32_t>(value);
  std::array<char, 4> digits{};
  put_four(digits.data(), small);
  const int zeros = (small < 1'000 ? 1 : 0) + (small < 100 ? 1 : 0) + (small < 10 ? 1 : 0);
  std::uint32_t bytes = 0;
  std::memcpy(&bytes, digits.data(), sizeof bytes);
  bytes >>= 8 * zeros;  // without the zeros in front; little-endian
  std::memcpy(out, &bytes, sizeof bytes);
  return out + 4 - zeros;
}

char* put_milliseconds(char* out, std::int64_t value) {
  constexpr std::int64_t kTenDigits = 1'000'000'000'000;  // in the years 2001 to 2286 seconds have ten digits
  if (value >= kTenDigits && value < 10 * kTenDigits) {
    put_ten(out, static_cast<std::uint64_t>(value) / 1000);
    out += 10;
  } else {
    if (value < 0) *out++ = '-';
    const std::uint64_t size =
        value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    out = std::to_chars(out, out + kValueSize, size / 1000).ptr;
  }
  const std::int64_t rest = value % 1000;
  put_four(out, static_cast<std::uint32_t>(rest < 0 ? -rest : rest));
  *out = '.';  // the first of four digits is a zero, and a point is wanted there
  return out + 4;
}

// Writes the samples of one family of one block from `row` on, as many as fit. Returns where it stopped;
// kRows: all done.
std::size_t write_rows(const GaugeBlock& block, const Family& family, std::size_t row, char*& out,
                       const char* end) {
  const auto& values = block.values[static_cast<std::size_t>(family.gauge)];
  const bool with_source = family.gauge == tasks::Gauge::info;
  const Prefix prefix(family.name);
  for (; row < GaugeBlock::kRows; ++row) {
    const GaugeBlock::Labels& place = block.places[row];
    if (place.size == 0 || values[row] == tasks::kAbsent) continue;
    const std::size_t size = place.size + (with_source ? place.source_size : 0);
    if (prefix.text.size() + size + kChunk + kValueSize > static_cast<std::size_t>(end - out)) break;
    out = put(out, prefix);
    out = put(out, {block.text.data() + place.begin, size}, block.text.size() - place.begin);
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
  return longest + 256;
}

}  // namespace

ScrapeWriter::ScrapeWriter(Scrape scrape)
    : scrape_(std::move(scrape)),
      ahead_(std::exchange(scrape_.own_metrics, {}) + header(families().front(), scrape_.format)) {}

bool ScrapeWriter::next(std::string& piece) {
  // Sized once a piece: every growth of a string fills it with zeros first.
  piece.resize(kPiece);
  std::size_t size = 0;
  while (size < kPiece) {
    if (!ahead_.empty()) {
      const std::size_t copied = ahead_.copy(piece.data() + size, kPiece - size);
      ahead_.erase(0, copied);
      size += copied;
    } else if (at_.family == families().size()) {
      break;
    } else if (at_.target == scrape_.targets.size()) {
      at_ = {.family = at_.family + 1};
      if (at_.family < families().size()) {
        ahead_ = header(families()[at_.family], scrape_.format);
      } else if (scrape_.format == Format::openmetrics) {
        ahead_ = "# EOF\n";
      }
    } else if (at_.block == scrape_.targets[at_.target].blocks.size()) {
      at_ = {.family = at_.family, .target = at_.target + 1};
    } else if (!write_block(piece, size)) {
      break;
    }
  }
  piece.resize(size);
  return size > 0;
}

// Writes on from `size`. False where the piece is full before the block is done.
bool ScrapeWriter::write_block(std::string& piece, std::size_t& size) {
  const GaugeBlock& block = *scrape_.targets[at_.target].blocks[at_.block];
  if (size == 0) piece.resize(std::max(kPiece, room_for(block)));
  char* out = piece.data() + size;
  at_.row = write_rows(block, families()[at_.family], at_.row, out, piece.data() + piece.size());
  size = static_cast<std::size_t>(out - piece.data());
  if (at_.row < GaugeBlock::kRows) return false;
  ++at_.block;
  at_.row = 0;
  return true;
}

}  // namespace sas::exposition
