// SPDX-License-Identifier: Apache-2.0
#include "base/duration.hpp"

#include <gtest/gtest.h>

namespace sas {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Duration, EachUnitIsRead) {
  EXPECT_EQ(parse_duration("500ms"), Milliseconds{500});
  EXPECT_EQ(parse_duration("30s"), seconds{30});
  EXPECT_EQ(parse_duration("5m"), minutes{5});
  EXPECT_EQ(parse_duration("2h"), hours{2});
  EXPECT_EQ(parse_duration("7d"), days{7});
  EXPECT_EQ(parse_duration("2w"), days{14});
  EXPECT_EQ(parse_duration("1y"), days{365});
}

TEST(Duration, UnitsAddUpFromTheLargestDown) {
  EXPECT_EQ(parse_duration("1h30m"), minutes{90});
  EXPECT_EQ(parse_duration("1d12h30m15s250ms"),
            days{1} + hours{12} + minutes{30} + seconds{15} + Milliseconds{250});
}

TEST(Duration, ZeroNeedsNoUnit) {
  EXPECT_EQ(parse_duration("0"), Milliseconds{0});
  EXPECT_EQ(parse_duration("0s"), Milliseconds{0});
}

TEST(Duration, WhatIsNotADurationIsRefused) {
  for (const char* text : {"", "30", "s", "30x", "30 s", " 30s", "30s ", "-5s", "+5s", "1.5h", "1e3s", "30S",
                           "30sec", "m5", "00", "1h-5m", "ms", "5m5", "\n"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(Duration, UnitsOutOfOrderOrTwiceAreRefused) {
  EXPECT_EQ(parse_duration("30m1h"), std::nullopt);
  EXPECT_EQ(parse_duration("1m1m"), std::nullopt);
  EXPECT_EQ(parse_duration("5ms1s"), std::nullopt);
}

TEST(Duration, AHundredYearsAreTheMost) {
  EXPECT_EQ(parse_duration("100y"), days{36'500});
  EXPECT_EQ(parse_duration("100y1ms"), std::nullopt);
  EXPECT_EQ(parse_duration("101y"), std::nullopt);
  EXPECT_EQ(parse_duration("9223372036854775807ms"), std::nullopt);
  EXPECT_EQ(parse_duration("99999999999999999999s"), std::nullopt);
}

TEST(Duration, IsWrittenShortly) {
  EXPECT_EQ(format_duration(Milliseconds{0}), "0s");
  EXPECT_EQ(format_duration(minutes{90}), "1h30m");
  EXPECT_EQ(format_duration(days{400}), "400d");
  EXPECT_EQ(format_duration(Milliseconds{1001}), "1s1ms");
  EXPECT_EQ(format_duration(-minutes{5}), "-5m");
}

TEST(Duration, WhatIsWrittenIsReadAsTheSame) {
  for (std::int64_t count = 1; count < 3'000'000'000'000; count = count * 7 + 3) {
    EXPECT_EQ(parse_duration(format_duration(Milliseconds{count})), Milliseconds{count});
  }
}

}  // namespace
}  // namespace sas
