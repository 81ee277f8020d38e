// SPDX-License-Identifier: Apache-2.0
#include "exposition/format.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string_view>
#include <system_error>

namespace sas::exposition {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
    text.remove_suffix(1);
  return text;
}

// Cuts the text up to the separator off its front.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return trimmed(part);
}

bool equal(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

// RFC 9110, section 12.4.2: from 0 to 1. What is not such a number is no wish.
double parse_weight(std::string_view text) {
  double weight = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), weight);
  const bool whole = failure == std::errc{} && end == text.data() + text.size();
  return whole && weight >= 0 && weight <= 1 ? weight : 0;
}

// One range of an Accept header.
struct Range {
  std::string_view type;
  std::string_view version;  // empty: any
  double weight = 1;
};

Range parse_range(std::string_view text) {
  Range range;
  range.type = take(text, ';');
  while (!text.empty()) {
    std::string_view parameter = take(text, ';');
    const std::string_view name = take(parameter, '=');
    std::string_view value = trimmed(parameter);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (equal(name, "version")) range.version = value;
    if (equal(name, "q")) range.weight = parse_weight(value);
  }
  return range;
}

// How closely a range names a format; 0: not at all.
int closeness(const Range& range, Format format) {
  const bool is_text = format == Format::text;
  if (equal(range.type, is_text ? "text/plain" : "application/openmetrics-text")) {
    if (range.version.empty()) return 3;
    return range.version == (is_text ? "0.0.4" : "1.0.0") ? 4 : 0;
  }
  // OpenMetrics is given only to who asks for it by name: browsers and curl want to read.
  if (!is_text) return 0;
  if (equal(range.type, "text/*")) return 2;
  return equal(range.type, "*/*") ? 1 : 0;
}

// The weight of the range that names the format most closely, as RFC 9110, section 12.5.1 wants it.
double weight_of(Format format, std::string_view accept) {
  double weight = 0;
  int closest = 0;
  while (!accept.empty()) {
    const Range range = parse_range(take(accept, ','));
    const int close = closeness(range, format);
    if (close <= closest) continue;
    closest = close;
    weight = range.weight;
  }
  return weight;
}

}  // namespace

std::string_view content_type(Format format) {
  return format == Format::openmetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                       : "text/plain; version=0.0.4; charset=utf-8";
}

Format negotiate(std::string_view accept) {
  const double weight = weight_of(Format::openmetrics, accept);
  return weight > 0 && weight >= weight_of(Format::text, accept) ? Format::openmetrics : Format::text;
}

}  // namespace sas::exposition
