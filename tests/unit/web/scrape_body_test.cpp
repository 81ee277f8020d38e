// SPDX-License-Identifier: Apache-2.0
#include "web/scrape_body.hpp"

#include <gtest/gtest.h>

#include "unit/web/gunzip.hpp"
#include "unit/web/sample_scrape.hpp"

namespace sas::web {
namespace {

constexpr auto kText = exposition::Format::text;

std::string whole(ScrapeBody body) {
  std::string all;
  for (std::string piece; body.next(piece);) {
    EXPECT_FALSE(piece.empty());  // as a chunk it would end the body
    all += piece;
  }
  return all;
}

TEST(ScrapeBody, PlainIsWhatTheWriterWrites) {
  for (const std::size_t tasks : {0U, 1U, 3000U}) {
    const std::string expected = rendered(sample_scrape(kText, tasks));
    EXPECT_TRUE(whole(ScrapeBody(sample_scrape(kText, tasks), Encoding::identity)) == expected) << tasks;
  }
}

TEST(ScrapeBody, GzippedIsTheSameOnceUnpacked) {
  for (const std::size_t tasks : {0U, 1U, 3000U}) {
    const std::string expected = rendered(sample_scrape(kText, tasks));
    const std::string body = whole(ScrapeBody(sample_scrape(kText, tasks), Encoding::gzip));
    EXPECT_TRUE(gunzip(body) == expected) << tasks;
  }
}

TEST(ScrapeBody, EndsForGood) {
  ScrapeBody body(sample_scrape(kText, 1), Encoding::gzip);
  std::string piece;
  while (body.next(piece)) {
  }
  EXPECT_FALSE(body.next(piece));
  EXPECT_TRUE(piece.empty());
}

TEST(ScrapeBody, PiecesStaySmallHoweverLongTheBody) {
  for (const Encoding encoding : {Encoding::identity, Encoding::gzip}) {
    ScrapeBody body(sample_scrape(kText, 10'000), encoding);
    std::string piece;
    std::size_t longest = 0;
    while (body.next(piece))
      longest = std::max(longest, piece.capacity());
    EXPECT_LE(longest, 1024U * 1024U);
  }
}

}  // namespace
}  // namespace sas::web
