// SPDX-License-Identifier: Apache-2.0
#include "web/scrape_body.hpp"

#include <utility>

namespace sas::web {

ScrapeBody::ScrapeBody(exposition::Scrape scrape, Encoding encoding) : writer_(std::move(scrape)) {
  if (encoding == Encoding::gzip) gzip_.emplace();
}

bool ScrapeBody::next(std::string& piece) {
  if (!gzip_) return writer_.next(piece);
  piece.clear();
  while (piece.empty() && !ended_) {
    ended_ = !writer_.next(text_);
    if (ended_) {
      gzip_->finish(piece);
    } else {
      gzip_->write(text_, piece);
    }
  }
  return !piece.empty();
}

}  // namespace sas::web
