// SPDX-License-Identifier: Apache-2.0
#pragma once
// Numbers as text, straight into a buffer. Nearly a million of them stand in a large scrape, so the usual
// ones, small counts and times of our days, have a way of their own.

#include <array>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sas::exposition {

/// What a number takes at most: a sign, 19 digits, a point.
constexpr std::size_t kNumberRoom = 21;

namespace detail {

inline constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// Two digits as they stand in memory, the first in the low byte.
inline std::uint32_t pair(std::uint32_t value) {
  static_assert(std::endian::native == std::endian::little);
  std::uint16_t digits = 0;
  std::memcpy(&digits, &kPairs[2 * value], 2);
  return digits;
}

inline void put_two(char* out, std::uint32_t value) {
  std::memcpy(out, &kPairs[2 * value], 2);
}

inline void put_four(char* out, std::uint32_t value) {
  put_two(out, value / 100);
  put_two(out + 2, value % 100);
}

// Ten digits, in steps that wait for each other as little as may be.
inline void put_ten(char* out, std::uint64_t value) {
  const auto high = static_cast<std::uint32_t>(value / 10'000);  // six digits
  put_two(out, high / 10'000);
  put_four(out + 2, high % 10'000);
  put_four(out + 6, static_cast<std::uint32_t>(value % 10'000));
}

}  // namespace detail

/// Writes the number at `out`, where there is kNumberRoom, and returns its end.
inline char* put_integer(char* out, std::int64_t value) {
  if (value < 0 || value > 9'999) return std::to_chars(out, out + kNumberRoom, value).ptr;
  // Four digits without the zeros in front, put together in a register: no branch to be guessed wrong.
  const auto small = static_cast<std::uint32_t>(value);
  const unsigned zeros = (small < 1'000 ? 1U : 0U) + (small < 100 ? 1U : 0U) + (small < 10 ? 1U : 0U);
  const std::uint32_t digits = (detail::pair(small / 100) | detail::pair(small % 100) << 16) >> 8 * zeros;
  std::memcpy(out, &digits, 4);
  return out + 4 - zeros;
}

/// Writes milliseconds as seconds with three digits behind the point.
inline char* put_milliseconds(char* out, std::int64_t value) {
  constexpr std::int64_t kTenDigits = 1'000'000'000'000;  // from 2001 to 2286 seconds have ten digits
  const std::uint64_t size =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  if (value >= kTenDigits && value < 10 * kTenDigits) {
    detail::put_ten(out, size / 1000);
    out += 10;
  } else {
    if (value < 0) *out++ = '-';
    out = std::to_chars(out, out + kNumberRoom, size / 1000).ptr;
  }
  detail::put_four(out, static_cast<std::uint32_t>(size % 1000));
  *out = '.';  // the first of the four digits is a zero, and a point is wanted there
  return out + 4;
}

}  // namespace sas::exposition
