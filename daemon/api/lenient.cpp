// SPDX-License-Identifier: Apache-2.0
#include "api/lenient.hpp"

#include <charconv>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "api/excerpt.hpp"

namespace sas::api {
namespace {

constexpr std::int64_t kExact = std::int64_t{1} << 53U;
constexpr std::int64_t kYear10000 = 253'402'300'800'000;
constexpr std::size_t kShown = 64;  // bytes of a value that a detail repeats

std::string cited(std::string_view token) {
  if (token.starts_with('{')) return "an object";
  if (token.starts_with('[')) return "a list";
  return excerpt(token, kShown);
}

// Whatever its sign and length.
std::optional<std::int64_t> parse_any_integer(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || rest != end || number > kExact || number < -kExact) return std::nullopt;
  return number;
}

// Nearly every number of an answer is a few plain digits: then nothing can overflow, and nothing needs to be
// checked.
std::optional<std::int64_t> parse_integer(std::string_view text) {
  constexpr std::size_t kFewDigits = 15;
  if (text.empty() || text.size() > kFewDigits) return parse_any_integer(text);
  std::int64_t number = 0;
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return parse_any_integer(text);
    number = 10 * number + (letter - '0');
  }
  return number;
}

// `3.0`, `12e2`
std::optional<std::int64_t> parse_integral(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc{} || rest != end || !(std::abs(number) < static_cast<double>(kExact)))
    return std::nullopt;
  if (std::trunc(number) != number) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void tally_null(const Place& place) {
  if (place.need == Need::always) place.tally.add(place.field, [] { return "null"; });
}

// Out of the way of read_integer(): numbers that come as documented never get here.
[[gnu::noinline]] std::optional<std::int64_t> read_odd_integer(std::string_view token, const Place& place) {
  if (token == "null") {
    tally_null(place);
    return std::nullopt;
  }
  std::string_view text = token;
  if (text.size() >= 2 && text.front() == '"') text = without_blanks(text.substr(1, text.size() - 2));
  std::optional<std::int64_t> number = parse_integer(text);
  if (!number) number = parse_integral(text);
  place.tally.add(place.field, [&] { return fmt::format("{} instead of an integer", cited(token)); });
  return number;
}

[[gnu::noinline]] bool read_odd_text(ondemand::value& value, std::string_view token, const Place& place,
                                     std::string& text) {
  if (token == "null") {
    tally_null(place);
    return false;
  }
  if (token.starts_with('"')) {
    std::string_view unescaped;
    if (value.get_string().get(unescaped) == simdjson::SUCCESS) {
      text.assign(unescaped);
      return true;
    }
    place.tally.add(place.field, [&] { return fmt::format("{}, which is no JSON string", cited(token)); });
    return false;
  }
  place.tally.add(place.field, [&] { return fmt::format("{} instead of a string", cited(token)); });
  if (token.starts_with('{') || token.starts_with('[')) return false;
  text.assign(token);
  return true;
}

}  // namespace

std::optional<std::int64_t> read_integer(ondemand::value& value, const Place& place) {
  const std::string_view token = token_of(value);
  if (const auto number = parse_integer(token)) return number;
  return read_odd_integer(token, place);
}

std::optional<std::int64_t> read_count(ondemand::value& value, const Place& place) {
  const auto number = read_integer(value, place);
  if (number && *number < 0) {
    place.tally.add(place.field, [&] { return fmt::format("{} is negative", *number); });
  }
  return number;
}

std::optional<Time> read_time(ondemand::value& value, const Place& place) {
  const auto number = read_integer(value, place);
  if (!number) return std::nullopt;
  if (*number > 0 && *number < kYear10000) return Time{Milliseconds{*number}};
  if (*number != 0 || place.need == Need::always) {
    place.tally.add(place.field,
                    [&] { return fmt::format("{} is no time in milliseconds since 1970", *number); });
  }
  return std::nullopt;
}

bool read_text(ondemand::value& value, const Place& place, std::string& text) {
  const std::string_view token = token_of(value);
  const bool plain = token.size() >= 2 && token.front() == '"' && token.back() == '"' &&
                     std::memchr(token.data(), '\\', token.size()) == nullptr;
  if (!plain) return read_odd_text(value, token, place, text);
  text.assign(token.substr(1, token.size() - 2));
  return true;
}

}  // namespace sas::api
