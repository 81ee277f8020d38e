// SPDX-License-Identifier: Apache-2.0
#include "api/excerpt.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

namespace sas::api {
namespace {

TEST(Excerpt, WhiteSpaceAndControlCharactersBecomeSingleSpaces) {
  EXPECT_EQ(excerpt("\r\n a \t\x01\x7f b\n", 64), "a b");
  EXPECT_EQ(excerpt(" \n", 64), "");
}

TEST(Excerpt, IsCutBetweenCharacters) {
  EXPECT_EQ(excerpt("abcdef", 6), "abcdef");
  EXPECT_EQ(excerpt("abcdefg", 6), "abcdef…");
  EXPECT_EQ(excerpt("云云云", 7), "云云…");
  EXPECT_EQ(excerpt("a b", 2), "a…");
}

TEST(MendUtf8, ValidTextStaysAsItIs) {
  const std::string text = "a\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\U00010000\U0010FFFF";
  EXPECT_EQ(mend_utf8(text), text);
}

TEST(MendUtf8, ResultIsValidWhateverTheThreeBytesBefore) {
  for (unsigned lead = 0x7F; lead < 0x100; ++lead) {
    for (unsigned second = 0; second < 0x100; ++second) {
      for (const unsigned third : {0x20U, 0x80U, 0xBFU, 0xC3U}) {
        std::string text;
        for (const unsigned byte : {lead, second, third})
          text += static_cast<char>(byte);
        const std::string mended = mend_utf8(text);
        ASSERT_TRUE(simdjson::validate_utf8(mended)) << lead << ' ' << second << ' ' << third;
        ASSERT_EQ(mended == text, simdjson::validate_utf8(text)) << lead << ' ' << second << ' ' << third;
      }
    }
  }
}

}  // namespace
}  // namespace sas::api
