// SPDX-License-Identifier: Apache-2.0
#include "api/json_text.hpp"

#include "api/excerpt.hpp"

namespace sas::api {
namespace {

// A page of 100 tasks has about 35 KB; a parser's memory is about seven times the text.
constexpr std::size_t kKeptBytes = 256U << 10U;

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

}  // namespace

simdjson::simdjson_result<ondemand::document> JsonText::open(std::string_view body) {
  body = without_byte_order_mark(body);
  mended_ = false;
  auto document = iterate(body);
  if (document.error() != simdjson::UTF8_ERROR) return document;
  mended_ = true;
  return iterate(mend_utf8(body));
}

simdjson::simdjson_result<ondemand::document> JsonText::iterate(std::string_view text) {
  padded_.assign(text);
  padded_.append(simdjson::SIMDJSON_PADDING, ' ');
  return parser_.iterate(padded_.data(), text.size(), padded_.size());
}

void JsonText::shrink() {
  if (padded_.capacity() <= kKeptBytes + simdjson::SIMDJSON_PADDING) return;
  padded_ = std::string{};
  parser_ = ondemand::parser{};
}

}  // namespace sas::api
