// SPDX-License-Identifier: Apache-2.0
#include "web/accept_encoding.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace sas::web {
namespace {

constexpr int kFull = 1000;  // a weight of 1, in thousandths

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Cuts off and returns what stands before the first `separator`.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return trim(part);
}

bool same_word(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

/// `0`, `0.5`, `1.000` in thousandths; none where it is not a qvalue.
std::optional<int> parse_weight(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int weight = (text[0] - '0') * kFull;
  int place = kFull / 10;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') return std::nullopt;
    weight += (digit - '0') * place;
    place /= 10;
  }
  if (weight > kFull) return std::nullopt;
  return weight;
}

/// The weight among the parameters of one element: 1 where none is given, 0 where it cannot be read.
int weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    std::string_view value = cut(parameters, ';');
    const std::string_view name = cut(value, '=');
    if (same_word(name, "q")) return parse_weight(trim(value)).value_or(0);
  }
  return kFull;
}

}  // namespace

Encoding negotiate_encoding(std::string_view accept_encoding) {
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> any;
  while (!accept_encoding.empty()) {
    std::string_view parameters = cut(accept_encoding, ',');
    const std::string_view coding = cut(parameters, ';');
    if (coding.empty()) continue;
    const int weight = weight_of(parameters);
    if (same_word(coding, "gzip") || same_word(coding, "x-gzip")) gzip = std::max(gzip.value_or(0), weight);
    if (same_word(coding, "identity")) identity = weight;
    if (coding == "*") any = weight;
  }
  const int wanted = gzip.value_or(any.value_or(0));
  return wanted > 0 && wanted >= identity.value_or(0) ? Encoding::gzip : Encoding::identity;
}

}  // namespace sas::web
