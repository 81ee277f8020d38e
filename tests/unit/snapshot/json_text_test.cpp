// SPDX-License-Identifier: Apache-2.0
#include "snapshot/json_text.hpp"

#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

namespace sas::snapshot {
namespace {

using namespace std::string_view_literals;

template <class Value>
std::string written(const Value& value) {
  std::string out;
  append_value(out, value);
  return out;
}

TEST(JsonText, QuotesBackslashesAndControlCharactersAreEscapedAndAllElseStays) {
  EXPECT_EQ(written("a1/\x7fé任😀"sv), "\"a1/\x7fé任😀\"");
  EXPECT_EQ(written(R"(say "\")"sv), R"("say \"\\\"")");
  EXPECT_EQ(written("id\n"sv), R"("id\n")");
  EXPECT_EQ(written("\0\t\r\x1f"sv), R"("\u0000\u0009\u000d\u001f")");
  EXPECT_EQ(written(""sv), R"("")");
}

TEST(JsonText, BytesThatAreNotUtf8StayWhatTheyAre) {
  EXPECT_EQ(written("\xff\xc3"sv), "\"\xff\xc3\"");
}

TEST(JsonText, NumbersAreWrittenOverTheirWholeRange) {
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(written(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(written(std::int32_t{-1}), "-1");
}

TEST(JsonText, TimesAreMilliseconds) {
  EXPECT_EQ(written(Time{Milliseconds{1'767'355'200'001}}), "1767355200001");
  EXPECT_EQ(written(Milliseconds{-5}), "-5");
}

TEST(JsonText, AnAbsentFieldLeavesNothing) {
  std::string out;
  append_field(out, ",\"a\":", std::optional<std::int64_t>{});
  EXPECT_EQ(out, "");
  append_field(out, ",\"a\":", std::optional<std::int64_t>{3});
  EXPECT_EQ(out, ",\"a\":3");
}

}  // namespace
}  // namespace sas::snapshot
