// SPDX-License-Identifier: Apache-2.0
#include "base/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

namespace sas {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

// Largest first: the order in which they must stand.
constexpr std::array<Unit, 7> kUnits{{{"y", 31'536'000'000},
                                      {"w", 604'800'000},
                                      {"d", 86'400'000},
                                      {"h", 3'600'000},
                                      {"m", 60'000},
                                      {"s", 1'000},
                                      {"ms", 1}}};
constexpr std::int64_t kLongest = 100 * kUnits[0].milliseconds;

std::size_t unit_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && (text[length] < '0' || text[length] > '9'))
    ++length;
  return length;
}

}  // namespace

std::optional<Milliseconds> parse_duration(std::string_view text) {
  if (text == "0") return Milliseconds{0};
  if (text.empty()) return std::nullopt;
  std::int64_t total = 0;
  std::size_t next_unit = 0;
  while (!text.empty()) {
    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (failure != std::errc{} || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::string_view name = text.substr(0, unit_length(text));
    while (next_unit < kUnits.size() && kUnits[next_unit].name != name)
      ++next_unit;
    if (next_unit == kUnits.size() || count > kLongest / kUnits[next_unit].milliseconds) return std::nullopt;
    total += count * kUnits[next_unit++].milliseconds;
    if (total > kLongest) return std::nullopt;
    text.remove_prefix(name.size());
  }
  return Milliseconds{total};
}

std::string format_duration(Milliseconds duration) {
  if (duration == Milliseconds{0}) return "0s";
  std::string text = duration < Milliseconds{0} ? "-" : "";
  std::int64_t rest = duration < Milliseconds{0} ? -duration.count() : duration.count();
  for (const Unit& unit : kUnits) {
    if (unit.name == "y" || unit.name == "w") continue;  // people read 400d sooner than 1y35d
    if (const std::int64_t count = rest / unit.milliseconds; count != 0) {
      text += fmt::format("{}{}", count, unit.name);
      rest %= unit.milliseconds;
    }
  }
  return text;
}

}  // namespace sas
