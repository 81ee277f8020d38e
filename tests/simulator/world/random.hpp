// SPDX-License-Identifier: Apache-2.0
#pragma once
// Numbers decided by a key alone, the same with every compiler and library (which std's distributions are
// not): what makes a scenario a function of its seed.

#include <cstdint>
#include <string_view>

namespace sas::simulator {

/// The splitmix64 step: each bit of the result depends on each bit of `x`.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
  return mix(mix(a) ^ b);
}

/// FNV-1a: a key for a text.
constexpr std::uint64_t key_of(std::string_view text) {
  std::uint64_t key = 0xcbf29ce484222325U;
  for (const char c : text)
    key = (key ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return key;
}

class Random {
 public:
  explicit constexpr Random(std::uint64_t key) : state_(mix(key)) {}

  constexpr std::uint64_t next() { return mix(state_++); }

  /// From 0 to below 1.
  constexpr double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

  /// From `least` to `most`, both included.
  constexpr std::int64_t between(std::int64_t least, std::int64_t most) {
    if (most <= least) return least;
    const auto choices = static_cast<std::uint64_t>(most - least) + 1;
    return least + static_cast<std::int64_t>(next() % choices);
  }

 private:
  std::uint64_t state_;
};

}  // namespace sas::simulator
