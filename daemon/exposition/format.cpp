// SPDX-License-Identifier: Apache-2.0
#include "exposition/format.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>

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

struct Offer {
  std::string_view type;
  std::string_view version;  // empty: any
  double weight = 1.0;
};

Offer parse_offer(std::string_view text) {
  Offer offer;
  offer.type = take(text, ';');
  while (!text.empty()) {
    std::string_view parameter = take(text, ';');
    const std::string_view name = take(parameter, '=');
    std::string_view value = trimmed(parameter);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (equal(name, "version")) offer.version = value;
    if (equal(name, "q")) {
      const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), offer.weight);
      if (failure != std::errc{} || end != value.data() + value.size()) offer.weight = 0;
    }
  }
  return offer;
}

// OpenMetrics is given only to who asks for it by name: browsers and curl want to read.
std::optional<Format> format_of(const Offer& offer) {
  if (equal(offer.type, "application/openmetrics-text") &&
      (offer.version.empty() || offer.version == "1.0.0")) {
    return Format::openmetrics;
  }
  const bool any = equal(offer.type, "*/*") || equal(offer.type, "text/*");
  if (any || (equal(offer.type, "text/plain") && (offer.version.empty() || offer.version == "0.0.4"))) {
    return Format::text;
  }
  return std::nullopt;
}

}  // namespace

std::string_view content_type(Format format) {
  return format == Format::openmetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                       : "text/plain; version=0.0.4; charset=utf-8";
}

Format negotiate(std::string_view accept) {
  Format best = Format::text;
  double best_weight = 0;
  while (!accept.empty()) {
    const Offer offer = parse_offer(take(accept, ','));
    const std::optional<Format> format = format_of(offer);
    if (format && offer.weight > best_weight) {
      best = *format;
      best_weight = offer.weight;
    }
  }
  return best;
}

}  // namespace sas::exposition
