// SPDX-License-Identifier: Apache-2.0
#include "web/gzip_stream.hpp"

#include <cstdint>
#include <random>

#include <gtest/gtest.h>

#include "unit/web/gunzip.hpp"

namespace sas::web {
namespace {

std::string packed(const std::string& text, std::size_t step) {
  GzipStream gzip;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += step)
    gzip.write(std::string_view(text).substr(at, step), out);
  gzip.finish(out);
  return out;
}

std::string noise(std::size_t size) {
  std::mt19937 random(1);
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i)
    bytes += static_cast<char>(random());
  return bytes;
}

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "sas_operation_task_items{task_id=\"" + std::to_string(i) + "\"} 1\n";
  return text;
}

TEST(GzipStream, NothingIsAValidMember) {
  EXPECT_EQ(gunzip(packed("", 1)), "");
}

TEST(GzipStream, BytesComeBackWhateverTheyAreCutInto) {
  const std::string text = lines(5000) + noise(100'000) + lines(10) + std::string(300'000, '0');
  for (const std::size_t step : {std::size_t{1021}, std::size_t{65536}, text.size()}) {
    EXPECT_TRUE(gunzip(packed(text, step)) == text) << "in steps of " << step;
  }
  EXPECT_EQ(gunzip(packed(lines(50), 1)), lines(50));
}

TEST(GzipStream, ManyPiecesAreOneMember) {
  const std::string text = lines(20'000);
  const std::string out = packed(text, 64 * 1024);
  // A member's trailer holds its own length (RFC 1952, section 2.3.1); with several it would be the last
  // one's.
  std::uint32_t length = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    length |= static_cast<std::uint32_t>(static_cast<unsigned char>(out[out.size() - 4 + i])) << (8 * i);
  }
  EXPECT_EQ(length, text.size());
  EXPECT_LT(out.size(), text.size() / 4);
}

TEST(GzipStream, MovesInTheMiddle) {
  const std::string text = lines(20'000);
  GzipStream first;
  std::string out;
  first.write(std::string_view(text).substr(0, 100'000), out);
  GzipStream second = std::move(first);
  second.write(std::string_view(text).substr(100'000), out);
  second.finish(out);
  EXPECT_TRUE(gunzip(out) == text);
}

}  // namespace
}  // namespace sas::web
