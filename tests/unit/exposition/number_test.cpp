// SPDX-License-Identifier: Apache-2.0
#include "exposition/number.hpp"

#include <array>
#include <limits>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace sas::exposition {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

std::string integer(std::int64_t value) {
  std::array<char, kNumberRoom> out{};
  return {out.data(), put_integer(out.data(), value)};
}

std::string milliseconds(std::int64_t value) {
  std::array<char, kNumberRoom> out{};
  return {out.data(), put_milliseconds(out.data(), value)};
}

TEST(Number, IntegersOfEverySizeAreWrittenInFull) {
  for (std::int64_t value = -10'050; value <= 10'050; ++value)
    ASSERT_EQ(integer(value), std::to_string(value));
  for (const std::int64_t value : {kMost, kLeast, kLeast + 1, std::int64_t{4'294'967'296}})
    EXPECT_EQ(integer(value), std::to_string(value));
}

TEST(Number, MillisecondsAreSecondsWithThreeDigits) {
  EXPECT_EQ(milliseconds(1'674'388'824'000), "1674388824.000");
  EXPECT_EQ(milliseconds(1'674'388'824'007), "1674388824.007");
  EXPECT_EQ(milliseconds(0), "0.000");
  EXPECT_EQ(milliseconds(-1), "-0.001");
  EXPECT_EQ(milliseconds(-1'500), "-1.500");
  EXPECT_EQ(milliseconds(kMost), "9223372036854775.807");
  EXPECT_EQ(milliseconds(kLeast), "-9223372036854775.808");
}

TEST(Number, MillisecondsAreRightOnBothSidesOfEachPowerOfTen) {
  for (std::int64_t power = 1'000; power <= kMost / 10; power *= 10) {
    for (const std::int64_t value : {power - 1, power, power + 1, power * 7 + 123})
      EXPECT_EQ(milliseconds(value), fmt::format("{}.{:03}", value / 1000, value % 1000));
  }
}

}  // namespace
}  // namespace sas::exposition
