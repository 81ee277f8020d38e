// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/reader.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/duration.hpp"

namespace sas::simulator {
namespace {

constexpr std::string_view kDuration = "a duration such as 30s or 1h30m";

/// Before the start is possible here, so that a scenario has a past.
std::optional<Milliseconds> signed_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto parsed = parse_duration(negative ? text.substr(1) : text);
  if (!parsed) return std::nullopt;
  return negative ? -*parsed : *parsed;
}

template <class Number>
std::optional<Number> as_number(std::string_view text) {
  Number number{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// `A..B`, or `A` for both.
template <class Parse>
auto range(std::string_view text, Parse parse)
    -> std::optional<Range<typename decltype(parse(text))::value_type>> {
  const std::size_t dots = text.find("..");
  const auto least = parse(text.substr(0, dots));
  const auto most = dots == std::string_view::npos ? least : parse(text.substr(dots + 2));
  if (!least || !most || *most < *least || *least < decltype(*least){}) return std::nullopt;
  return Range<typename decltype(parse(text))::value_type>{*least, *most};
}

}  // namespace

void Mistakes::add(const YAML::Mark& where, std::string_view what) {
  lines_.push_back(fmt::format("{}:{}: {}", file_, where.line + 1, what));
}

std::string Mistakes::text() const {
  return fmt::format("{}", fmt::join(lines_, "\n"));
}

MapReader::MapReader(YAML::Node node, Mistakes& mistakes, std::string what)
    : node_(std::move(node)), mistakes_(mistakes), what_(std::move(what)) {
  if (!node_.IsMap() && !node_.IsNull()) wrong(fmt::format("{} must be keys with values", what_));
}

std::optional<std::string> MapReader::scalar(const char* key, std::string_view expected) {
  known_.insert(key);
  if (!has(key)) return std::nullopt;
  const YAML::Node value = node_[key];
  if (value.IsScalar()) return value.Scalar();
  mistakes_.add(value.Mark(), fmt::format("{} must be {}", key, expected));
  return std::nullopt;
}

void MapReader::bad_value(const char* key, std::string_view value, std::string_view expected) {
  mistakes_.add(node_[key].Mark(), fmt::format("{}: '{}' is not {}", key, value, expected));
}

void MapReader::text(const char* key, std::string& into) {
  if (auto value = scalar(key, "a text")) into = *value;
}

void MapReader::number(const char* key, double& into, double least, double most) {
  const std::string expected = fmt::format("a number from {} to {}", least, most);
  const auto value = scalar(key, expected);
  if (!value) return;
  const auto parsed = as_number<double>(*value);
  if (!parsed || !(*parsed >= least && *parsed <= most)) return bad_value(key, *value, expected);
  into = *parsed;
}

void MapReader::integer(const char* key, std::int64_t& into, std::int64_t least) {
  const std::string expected = fmt::format("a whole number of at least {}", least);
  const auto value = scalar(key, expected);
  if (!value) return;
  const auto parsed = as_number<std::int64_t>(*value);
  if (!parsed || *parsed < least) return bad_value(key, *value, expected);
  into = *parsed;
}

void MapReader::duration(const char* key, Milliseconds& into) {
  const auto value = scalar(key, kDuration);
  if (!value) return;
  const auto parsed = signed_duration(*value);
  if (!parsed) return bad_value(key, *value, kDuration);
  into = *parsed;
}

void MapReader::duration(const char* key, std::optional<Milliseconds>& into) {
  Milliseconds value{0};
  duration(key, value);
  if (has(key)) into = value;
}

void MapReader::durations(const char* key, Range<Milliseconds>& into) {
  const std::string expected = fmt::format("{}, or two with .. in between, the shorter first", kDuration);
  const auto value = scalar(key, expected);
  if (!value) return;
  const auto parsed = range(*value, parse_duration);
  if (!parsed) return bad_value(key, *value, expected);
  into = *parsed;
}

void MapReader::integers(const char* key, Range<std::int64_t>& into) {
  constexpr std::string_view kExpected = "a whole number, or two with .. in between, the smaller first";
  const auto value = scalar(key, kExpected);
  if (!value) return;
  const auto parsed = range(*value, as_number<std::int64_t>);
  if (!parsed) return bad_value(key, *value, kExpected);
  into = *parsed;
}

void MapReader::texts(const char* key, std::vector<std::string>& into) {
  known_.insert(key);
  if (!has(key)) return;
  const YAML::Node values = node_[key];
  if (!values.IsSequence()) return mistakes_.add(values.Mark(), fmt::format("{} must be a list", key));
  for (const YAML::Node& value : values) {
    if (value.IsScalar())
      into.push_back(value.Scalar());
    else
      mistakes_.add(value.Mark(), fmt::format("{} must be a list of texts", key));
  }
}

std::optional<std::size_t> MapReader::choice(const char* key, const std::vector<std::string_view>& words) {
  const std::string expected = fmt::format("one of {}", fmt::join(words, ", "));
  const bool is_null = has(key) && node_[key].IsNull();  // YAML's null, where the word was meant
  const auto value = is_null ? std::optional<std::string>("null") : scalar(key, expected);
  known_.insert(key);
  if (!value) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  bad_value(key, *value, expected);
  return std::nullopt;
}

void MapReader::map(const char* key, const std::function<void(MapReader&)>& read) {
  known_.insert(key);
  if (!has(key)) return;
  MapReader inner(node_[key], mistakes_, key);
  read(inner);
  inner.finish();
}

void MapReader::list(const char* key, const std::function<void(MapReader&)>& read) {
  known_.insert(key);
  if (!has(key)) return;
  const YAML::Node values = node_[key];
  if (!values.IsSequence()) return mistakes_.add(values.Mark(), fmt::format("{} must be a list", key));
  for (const YAML::Node& value : values) {
    MapReader inner(value, mistakes_, fmt::format("an entry of {}", key));
    read(inner);
    inner.finish();
  }
}

std::vector<std::string> MapReader::keys() const {
  std::vector<std::string> keys;
  if (!node_.IsMap()) return keys;
  for (const auto& entry : node_)
    keys.push_back(entry.first.Scalar());
  return keys;
}

void MapReader::finish() {
  if (!node_.IsMap()) return;
  std::set<std::string> seen;
  for (const auto& entry : node_) {
    const std::string& key = entry.first.Scalar();
    if (!known_.contains(key)) {
      mistakes_.add(entry.first.Mark(),
                    fmt::format("unknown key '{}' in {}; known are {}", key, what_, fmt::join(known_, ", ")));
    }
    if (!seen.insert(key).second)
      mistakes_.add(entry.first.Mark(), fmt::format("key '{}' is given twice", key));
  }
}

}  // namespace sas::simulator
