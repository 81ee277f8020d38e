// SPDX-License-Identifier: Apache-2.0
#pragma once
// One scrape: the daemon's own metrics, then the task series of all targets, in pieces. What it shows was fixed when it
// was made; it holds no whole body, so memory does not grow with the number of tasks.

#include <cstddef>
#include <string>
#include <vector>

#include "exposition/format.hpp"
#include "tasks/gauge_columns.hpp"

namespace sas::exposition {

struct Scrape {
  Format format = Format::text;
  std::string own_metrics;                     // rendered already; small
  std::vector<tasks::PublishedGauges> targets;
};

class ScrapeWriter {
 public:
  static constexpr std::size_t kPiece = 64 * 1024;

  explicit ScrapeWriter(Scrape scrape);

  /// Replaces `piece` by the next bytes of the body, about kPiece of them. False, and an empty piece, after the last.
  bool next(std::string& piece);

 private:
  Scrape scrape_;
};

}  // namespace sas::exposition
