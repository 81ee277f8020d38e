// SPDX-License-Identifier: Apache-2.0
#include "credentials/timestamp.hpp"

#include <gtest/gtest.h>

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

constexpr Time kAt{1'767'323'045'000ms};  // 2026-01-02T03:04:05Z

TEST(Timestamp, IsReadAsItIsWrittenHereAndThere) {
  EXPECT_EQ(parse_timestamp("2026-01-02T03:04:05Z"), kAt);
  EXPECT_EQ(parse_timestamp("2026-01-02T03:04:05.678Z"), kAt + 678ms);
  EXPECT_EQ(parse_timestamp("2026-01-02T03:04:05.6789012Z"), kAt + 678ms);
  EXPECT_EQ(parse_timestamp("2026-01-02T11:04:05+08:00"), kAt);
  EXPECT_EQ(parse_timestamp("2026-01-01T22:34:05-04:30"), kAt);
}

TEST(Timestamp, WhatIsNoneIsNothing) {
  for (const char* text :
       {"", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-13-02T03:04:05Z",
        "2026-02-30T03:04:05Z", "2026-01-02T24:04:05Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:05+0800",
        "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx", "1767323045", "never"})
    EXPECT_FALSE(parse_timestamp(text)) << text;
}

}  // namespace
}  // namespace sas::credentials
