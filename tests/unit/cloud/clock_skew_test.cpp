// SPDX-License-Identifier: Apache-2.0
#include "cloud/clock_skew.hpp"

#include <gtest/gtest.h>

namespace sas::cloud {
namespace {

Time at(std::int64_t milliseconds) {
  return Time{Milliseconds{1'000'000'000'000 + milliseconds}};
}

TEST(ClockSkew, IsTheSmallestThatExplainsADateOfWholeSeconds) {
  const struct {
    std::int64_t date;
    std::int64_t sent;
    std::int64_t received;
    std::int64_t skew;
  } cases[] = {
      {10'000, 10'000, 10'050, 0},       {10'000, 10'900, 10'990, 0},  // the date is cut off
      {10'000, 9'990, 10'010, 0},                                      // the second turned on the way
      {10'000, 9'900, 9'990, 10},         // already 10 there: at least 10 ms ahead
      {70'000, 10'000, 10'100, 59'900},   // ahead
      {10'000, 11'000, 11'100, -1},       // at most 10.999 there: at least 1 ms behind
      {10'000, 70'000, 70'100, -59'001},  // behind
      {10'000, 5'000, 15'000, 0},         // a slow answer explains much
  };
  for (const auto& [date, sent, received, skew] : cases)
    EXPECT_EQ(clock_skew(at(date), at(sent), at(received)), Milliseconds{skew})
        << date << " " << sent << " " << received;
}

}  // namespace
}  // namespace sas::cloud
