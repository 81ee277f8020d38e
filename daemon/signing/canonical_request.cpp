// SPDX-License-Identifier: Apache-2.0
#include "signing/canonical_request.hpp"

#include <algorithm>

namespace sas::signing {
namespace {

// Not isalnum(): that one asks the locale.
constexpr bool is_unreserved(unsigned char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
         c == '.' || c == '~';
}

constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string{text.substr(first, text.find_last_not_of(kBlank) - first + 1)};
}

// Stable, so that a repeated name keeps its order; std::string compares bytes as unsigned.
void sort_by_name(std::vector<NameValue>& pairs) {
  std::ranges::stable_sort(pairs, {}, &NameValue::first);
}

}  // namespace

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_unreserved(byte)) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4U];
      encoded += kHex[byte & 0xFU];
    }
  }
  return encoded;
}

std::string canonical_query(std::vector<NameValue> query) {
  sort_by_name(query);
  std::string text;
  for (const auto& [name, value] : query) {
    if (!text.empty()) text += '&';
    text += percent_encode(name);
    text += '=';
    text += percent_encode(value);
  }
  return text;
}

std::vector<NameValue> canonical_headers(std::vector<NameValue> headers) {
  for (auto& [name, value] : headers) {
    std::ranges::transform(name, name.begin(), to_lower);
    value = trimmed(value);
  }
  sort_by_name(headers);
  return headers;
}

std::string signed_header_names(const std::vector<NameValue>& headers) {
  std::string names;
  for (const auto& [name, value] : headers) {
    if (!names.empty()) names += ';';
    names += name;
  }
  return names;
}

std::string canonical_request(std::string_view method, std::string_view path, std::string_view query,
                              const std::vector<NameValue>& headers, std::string_view body_sha256) {
  std::string text;
  text.append(method).append("\n").append(path).append("\n").append(query).append("\n");
  for (const auto& [name, value] : headers) {
    text.append(name).append(":").append(value).append("\n");
  }
  text.append("\n").append(signed_header_names(headers)).append("\n").append(body_sha256);
  return text;
}

}  // namespace sas::signing
