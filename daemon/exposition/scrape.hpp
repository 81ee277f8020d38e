// SPDX-License-Identifier: Apache-2.0
#pragma once
// One scrape: the daemon's own metrics, then the task series of all targets, in pieces. What it shows was
// fixed when it was made; it holds no whole body, so memory does not grow with the number of tasks.

#include <cstddef>
#include <string>
#include <vector>

#include "exposition/family.hpp"
#include "exposition/format.hpp"
#include "tasks/gauge_columns.hpp"

namespace sas::exposition {

struct Scrape {
  Format format = Format::text;
  std::string own_metrics;  // rendered already; small
  std::vector<tasks::PublishedGauges> targets;
};

class ScrapeWriter {
 public:
  static constexpr std::size_t kPiece = 64 * 1024;

  explicit ScrapeWriter(Scrape scrape);

  /// Replaces `piece` by the next bytes of the body, about kPiece of them. False, and an empty piece, after
  /// the last. Cheapest with the string of the call before, as it came: its memory is written anew, not
  /// cleared first.
  bool next(std::string& piece);

 private:
  /// Where the writing stands. Families first: the formats want a family's samples of all targets together.
  struct Position {
    std::size_t family = 0;  // behind the last of families(): kSubtasksByStatus
    std::size_t target = 0;
    std::size_t block = 0;
    std::size_t sample = 0;  // of the family's in the block
  };

  /// The part of a piece that is still to be written.
  struct Room {
    char* begin;
    char* end;
  };

  bool write_some(Room& room);
  bool write_ahead(Room& room);
  bool write_block(Room& room);
  bool write_samples(const tasks::GaugeBlock& block, Room& room);
  void begin_family(std::size_t family);

  Scrape scrape_;
  std::size_t piece_size_;  // kPiece, or more where a label would not fit
  std::string ahead_;       // stands before the samples at the position: own metrics, a header, the end
  Position at_;
};

}  // namespace sas::exposition
