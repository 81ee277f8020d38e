// SPDX-License-Identifier: Apache-2.0
#include "settings/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "settings/text.hpp"

namespace sas::settings {
namespace {

/// A number too large for its type becomes the largest, which no bounds let through.
template <class Number>
std::optional<Number> parse_number(std::string_view text) {
  using Limits = std::numeric_limits<Number>;
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (stop != end) return std::nullopt;
  if (failure == std::errc::result_out_of_range)
    return text.starts_with('-') ? Limits::lowest() : Limits::max();
  if (failure != std::errc{}) return std::nullopt;
  return number;
}

std::optional<double> parse_finite(std::string_view text) {
  const auto number = parse_number<double>(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

std::string range(const Shape& shape) {
  return fmt::format("at least {}, at most {}", shape.lowest, shape.highest);
}

/// A value that has an order, held against the bounds, which are parsed by the same function.
template <class Parse>
std::variant<Value, Problem> read_ordered(const Shape& shape, std::string_view text, std::string_view shown,
                                          Parse parse, std::string_view expected) {
  const auto value = parse(text);
  if (!value) return Problem{fmt::format("{} is not {}", shown, expected)};
  if (*value < *parse(shape.lowest) || *value > *parse(shape.highest)) {
    return Problem{fmt::format("{} is out of bounds: {}", shown, range(shape))};
  }
  return Value{*value};
}

std::variant<Value, Problem> read_word(const Shape& shape, std::string_view text, std::string_view shown) {
  const auto found = std::find(shape.words.begin(), shape.words.end(), text);
  if (found != shape.words.end()) return Value{Word{static_cast<std::size_t>(found - shape.words.begin())}};
  const auto near = nearest(text, shape.words);
  return Problem{fmt::format("{} is not one of {}{}", shown, listed(shape.words),
                             near ? fmt::format("; did you mean '{}'?", *near) : "")};
}

std::variant<Value, Problem> read_text(const Shape& shape, std::string_view text, std::string_view shown) {
  if (text.empty()) return Problem{"is empty; write a value, or leave the key out"};
  if (find_malformed_utf8(text)) return Problem{fmt::format("{} is not UTF-8", shown)};
  if (!shape.words.empty()) {
    const auto word = read_word(shape, text, shown);
    if (const auto* problem = std::get_if<Problem>(&word)) return *problem;
  }
  if (shape.check != nullptr) {
    if (const auto problem = shape.check(text)) return Problem{fmt::format("{} {}", shown, problem->text)};
  }
  if (has_control_character(text))
    return Problem{fmt::format("{} holds a control character or a line end", shown)};
  return shape.type == Type::secret ? Value{Secret{std::string{text}}} : Value{std::string{text}};
}

std::variant<Value, Problem> read_boolean(std::string_view text, std::string_view shown) {
  if (text == "true") return Value{true};
  if (text == "false") return Value{false};
  return Problem{fmt::format("{} is neither true nor false", shown)};
}

}  // namespace

std::variant<Value, Problem> read_value(const Shape& shape, std::string_view text, std::string_view shown) {
  switch (shape.type) {
    case Type::boolean:
      return read_boolean(text, shown);
    case Type::integer:
      return read_ordered(shape, text, shown, parse_number<std::int64_t>, "a whole number");
    case Type::number:
      return read_ordered(shape, text, shown, parse_finite, "a number");
    case Type::duration:
      return read_ordered(shape, text, shown, parse_duration,
                          "a duration; write numbers with units, such as 500ms, 30s, 5m, 2h, 7d or 1h30m");
    case Type::text:
    case Type::secret:
    case Type::texts:
      return read_text(shape, text, shown);
    case Type::word:
      return read_word(shape, text, shown);
    case Type::items:
      break;
  }
  return Problem{"is a list, not a single value"};
}

std::optional<Problem> check_count(const Shape& shape, std::size_t count) {
  const auto lowest = parse_number<std::size_t>(shape.lowest).value_or(0);
  const auto highest = parse_number<std::size_t>(shape.highest).value_or(0);
  if (count >= lowest && count <= highest) return std::nullopt;
  return Problem{fmt::format("has {} elements: {}", count, range(shape))};
}

std::string_view to_string(Type type) {
  switch (type) {
    case Type::boolean:
      return "true or false";
    case Type::integer:
      return "whole number";
    case Type::number:
      return "number";
    case Type::duration:
      return "duration";
    case Type::text:
      return "text";
    case Type::secret:
      return "secret text";
    case Type::texts:
      return "list of text";
    case Type::word:
      return "word";
    case Type::items:
      return "list of mappings";
  }
  return "text";
}

}  // namespace sas::settings
