// SPDX-License-Identifier: Apache-2.0
#include "settings/text.hpp"

#include <array>

#include <gtest/gtest.h>

namespace sas::settings {
namespace {

constexpr std::array<std::string_view, 3> kWords{"interval", "idle_interval", "jitter"};

TEST(Text, WellFormedUtf8HasNoFault) {
  for (const char* text :
       {"", "plain", "é", "中文", "😀", "\xEF\xBB\xBF", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(find_malformed_utf8(text), std::nullopt) << text;
  }
}

TEST(Text, TheFirstFaultInUtf8IsFound) {
  EXPECT_EQ(find_malformed_utf8("ab\xFF"), 2U);
  EXPECT_EQ(find_malformed_utf8("\x80"), 0U);              // a continuation without a lead
  EXPECT_EQ(find_malformed_utf8("a\xC3"), 1U);             // cut short
  EXPECT_EQ(find_malformed_utf8("\xC0\xAF"), 0U);          // overlong
  EXPECT_EQ(find_malformed_utf8("\xE0\x80\x80"), 0U);      // overlong
  EXPECT_EQ(find_malformed_utf8("\xED\xA0\x80"), 0U);      // a surrogate
  EXPECT_EQ(find_malformed_utf8("\xF4\x90\x80\x80"), 0U);  // beyond Unicode
  EXPECT_EQ(find_malformed_utf8("\xE4\xB8x"), 0U);
}

TEST(Text, ControlCharactersAreFoundInAllTheirRanges) {
  for (const char* text : {"\x01", "a\n", "\t", "\x7F", "\xC2\x80", "x\xC2\x9F"}) {
    EXPECT_TRUE(has_control_character(text));
  }
  for (const char* text : {"", " ~", "\xC2\xA0", "é", "中"}) {
    EXPECT_FALSE(has_control_character(text)) << text;
  }
}

TEST(Text, CharactersAreCountedAndNotBytes) {
  EXPECT_EQ(count_characters(""), 0U);
  EXPECT_EQ(count_characters("aé中😀"), 4U);
}

TEST(Text, WhatIsShownStaysOneShortLine) {
  EXPECT_EQ(in_quotes("30x"), "'30x'");
  EXPECT_EQ(in_quotes("a\nb\x01\xC2\x85\xFF"
                      "c"),
            "'a?b???c'");
  EXPECT_EQ(in_quotes(std::string(64, 'x')), '\'' + std::string(64, 'x') + '\'');
  EXPECT_EQ(in_quotes(std::string(65, 'x')), '\'' + std::string(64, 'x') + "…'");
}

TEST(Text, AUserAndPasswordAreNeverShown) {
  EXPECT_EQ(in_quotes("https://user:pass@host/"), "'https://***@host/'");
  EXPECT_EQ(in_quotes("user:p@ss@host"), "'***@host'");
  EXPECT_EQ(in_quotes("https://user:p://a@host"), "'https://***@host'");
}

TEST(Text, ASlipOfTheKeyboardFindsItsWord) {
  EXPECT_EQ(nearest("intervall", kWords), "interval");
  EXPECT_EQ(nearest("jiter", kWords), "jitter");
  EXPECT_EQ(nearest("idle_intreval", kWords), "idle_interval");
}

TEST(Text, WhatIsFarFromEveryWordFindsNone) {
  EXPECT_EQ(nearest("frequency", kWords), std::nullopt);
  EXPECT_EQ(nearest("", kWords), std::nullopt);
  EXPECT_EQ(nearest(std::string(1'000'000, 'x'), kWords), std::nullopt);
}

TEST(Text, WordsAreListedWithCommas) {
  EXPECT_EQ(listed(kWords), "interval, idle_interval, jitter");
}

}  // namespace
}  // namespace sas::settings
