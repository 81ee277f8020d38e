// SPDX-License-Identifier: Apache-2.0
#pragma once
// The body of /metrics in pieces, gzipped or not. It holds one piece at a time, however long the body is.

#include <optional>
#include <string>

#include "exposition/scrape.hpp"
#include "web/answer.hpp"
#include "web/gzip_stream.hpp"

namespace sas::web {

class ScrapeBody {
 public:
  ScrapeBody(exposition::Scrape scrape, Encoding encoding);

  /// Replaces `piece` by the next bytes, never by none. False after the last.
  bool next(std::string& piece);

 private:
  exposition::ScrapeWriter writer_;
  std::string text_;                // a piece before it is gzipped
  std::optional<GzipStream> gzip_;  // none: not gzipped
  bool ended_ = false;
};

}  // namespace sas::web
