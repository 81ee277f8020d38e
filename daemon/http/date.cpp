// SPDX-License-Identifier: Apache-2.0
#include "http/date.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sas::http {
namespace {

constexpr std::string_view kForm = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

bool has_form(std::string_view text) {
  return text.size() == kForm.size() && text.substr(3, 2) == ", " && text[7] == ' ' && text[11] == ' ' &&
         text[16] == ' ' && text[19] == ':' && text[22] == ':' && text.substr(25) == " GMT";
}

}  // namespace

std::optional<Time> parse_date(std::string_view text) {
  if (!has_form(text)) return std::nullopt;
  const auto day = number(text.substr(5, 2));
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  const auto year = number(text.substr(12, 4));
  const auto hour = number(text.substr(17, 2));
  const auto minute = number(text.substr(20, 2));
  const auto second = number(text.substr(23, 2));
  if (!day || month == kMonths.end() || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(month - kMonths.begin()) + 1},
      std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;  // 60: a leap second
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

}  // namespace sas::http
