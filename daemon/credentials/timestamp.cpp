// SPDX-License-Identifier: Apache-2.0
#include "credentials/timestamp.hpp"

#include <algorithm>
#include <charconv>

namespace sas::credentials {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

// Whether `text` begins with `form`, in which each 0 stands for any digit.
bool begins_like(std::string_view text, std::string_view form) {
  return text.size() >= form.size() && std::equal(form.begin(), form.end(), text.begin(), [](char f, char t) {
           return f == '0' ? is_digit(t) : f == t;
         });
}

int number(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + count, value);
  return value;
}

std::optional<std::chrono::minutes> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return std::chrono::minutes{0};
  if (text.size() != 6 || !(begins_like(text, "+00:00") || begins_like(text, "-00:00"))) return std::nullopt;
  if (number(text, 1, 2) > 23 || number(text, 4, 2) > 59) return std::nullopt;
  const auto offset = std::chrono::hours{number(text, 1, 2)} + std::chrono::minutes{number(text, 4, 2)};
  return text.front() == '-' ? -offset : offset;
}

// Takes `.123…` off the front.
Milliseconds take_fraction(std::string_view& text) {
  if (!begins_like(text, ".0")) return Milliseconds{0};
  text.remove_prefix(1);
  int milliseconds = 0;
  for (int weight = 100; !text.empty() && is_digit(text.front()); weight /= 10, text.remove_prefix(1))
    milliseconds += weight * number(text, 0, 1);
  return Milliseconds{milliseconds};
}

}  // namespace

std::optional<Time> parse_timestamp(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (!begins_like(text, kForm)) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{number(text, 0, 4)},
                                        std::chrono::month{static_cast<unsigned>(number(text, 5, 2))},
                                        std::chrono::day{static_cast<unsigned>(number(text, 8, 2))}};
  const int hour = number(text, 11, 2);
  const int minute = number(text, 14, 2);
  const int second = number(text, 17, 2);
  if (!day.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  std::string_view rest = text.substr(kForm.size());
  const Milliseconds fraction = take_fraction(rest);
  const auto offset = parse_offset(rest);
  if (!offset) return std::nullopt;
  return Time{std::chrono::sys_days{day}} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second} + fraction - *offset;
}

}  // namespace sas::credentials
