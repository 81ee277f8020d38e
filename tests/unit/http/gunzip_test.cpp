// SPDX-License-Identifier: Apache-2.0
#include "http/gunzip.hpp"

#include <gtest/gtest.h>

#include "support/gzip.hpp"

namespace sas::http {
namespace {

constexpr std::uint64_t kMegabyte = 1 << 20;

std::string numbers(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; text.size() < size; ++i)
    text += std::to_string(i * 7919) + ",";
  text.resize(size);
  return text;
}

TEST(Gunzip, UnpacksWhatZlibPacked) {
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\xd7\x51\xc8\x40\xa2\xb8\x00\xe7\x42\x6e"
      "\x52\x14\x00\x00\x00",
      30);
  const auto text = gunzip(packed, 1000);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(*text, "hello, hello, hello\n");
}

TEST(Gunzip, UnpacksWhatIsLargerThanAnyGuess) {
  for (const std::size_t size : {0UL, 1UL, 65'536UL, 700'000UL}) {
    const std::string original = numbers(size);
    const auto text = gunzip(support::gzip(original), kMegabyte);
    ASSERT_TRUE(text) << size << ": " << text.error().message;
    EXPECT_EQ(*text, original) << size;
  }
  const std::string zeros(kMegabyte, '0');  // packs to less than a hundredth
  EXPECT_EQ(*gunzip(support::gzip(zeros), kMegabyte), zeros);
}

TEST(Gunzip, MembersFollowEachOther) {
  const auto text =
      gunzip(support::gzip("one ") + support::gzip(numbers(100'000)) + support::gzip("three"), kMegabyte);
  ASSERT_TRUE(text) << text.error().message;
  EXPECT_EQ(*text, "one " + numbers(100'000) + "three");
}

TEST(Gunzip, ExactlyTheLimitIsAllowedAndOneByteMoreIsNot) {
  const std::string packed = support::gzip(std::string(100'000, 'x'));
  EXPECT_TRUE(gunzip(packed, 100'000));
  const auto refused = gunzip(packed, 99'999);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::give_up);
  EXPECT_NE(refused.error().message.find("99999"), std::string::npos);
}

TEST(Gunzip, TheLimitIsForAllMembersTogether) {
  const std::string member = support::gzip(std::string(60'000, 'x'));
  EXPECT_TRUE(gunzip(member + member, 120'000));
  EXPECT_FALSE(gunzip(member + member, 119'999));
}

TEST(Gunzip, CutShortAnywhereIsAnError) {
  const std::string packed = support::gzip(numbers(5'000));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(gunzip(packed.substr(0, size), kMegabyte)) << size << " of " << packed.size();
}

TEST(Gunzip, DamageIsAnErrorThatMayPass) {
  std::string packed = support::gzip(numbers(5'000));
  packed[packed.size() - 6] ^= 1;  // the checksum
  const auto refused = gunzip(packed, kMegabyte);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::retry);
  EXPECT_EQ(refused.error().cause, ErrorCause::transport);
}

TEST(Gunzip, WhatIsNotGzipIsAnError) {
  EXPECT_FALSE(gunzip("{\"RequestId\":\"…\"}", kMegabyte));
  EXPECT_FALSE(gunzip("", kMegabyte));
  EXPECT_FALSE(gunzip(support::gzip("text") + "trailing text", kMegabyte));
}

}  // namespace
}  // namespace sas::http
