// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <gtest/gtest.h>

namespace sas {
namespace {

Time at(std::int64_t milliseconds) {
  return Time{Milliseconds{milliseconds}};
}

TEST(Time, IsWrittenAsRfc3339InUtc) {
  EXPECT_EQ(format_seconds(at(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_seconds(at(1'767'323'045'678)), "2026-01-02T03:04:05Z");
  EXPECT_EQ(format_milliseconds(at(1'767'323'045'678)), "2026-01-02T03:04:05.678Z");
}

TEST(Time, MillisecondsKeepTheirThreeDigits) {
  EXPECT_EQ(format_milliseconds(at(1)), "1970-01-01T00:00:00.001Z");
  EXPECT_EQ(format_milliseconds(at(20)), "1970-01-01T00:00:00.020Z");
}

TEST(Time, LeapDaysAreThere) {
  EXPECT_EQ(format_seconds(at(1'709'164'800'000)), "2024-02-29T00:00:00Z");
  EXPECT_EQ(format_seconds(at(951'782'400'000)), "2000-02-29T00:00:00Z");
}

TEST(Time, TheLastMillisecondOfADayBelongsToIt) {
  EXPECT_EQ(format_milliseconds(at(86'399'999)), "1970-01-01T23:59:59.999Z");
  EXPECT_EQ(format_seconds(at(86'400'000)), "1970-01-02T00:00:00Z");
}

TEST(Time, BeforeTheEpochCountsDownwards) {
  EXPECT_EQ(format_milliseconds(at(-1)), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace sas
