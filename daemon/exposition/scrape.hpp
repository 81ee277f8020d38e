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
  /// the last.
  bool next(std::string& piece);

 private:
  /// Where the writing stands. Families first: the formats want a family's samples of all targets together.
  struct Position {
    std::size_t family = 0;
    std::size_t target = 0;
    std::size_t block = 0;
    std::size_t row = 0;
  };

  bool write_block(std::string& piece, std::size_t& size);

  Scrape scrape_;
  std::string
      ahead_;  // to be written before the samples at the position: own metrics, a family's header, the end
  Position at_;
};

}  // namespace sas::exposition
