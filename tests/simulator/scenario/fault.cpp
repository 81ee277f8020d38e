// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/fault.hpp"

#include "simulator/world/random.hpp"

namespace sas::simulator {

const std::vector<FaultWord>& fault_words() {
  using Kind = FaultKind;
  using Option = FaultOption;
  static const std::vector<FaultWord> words{
      {"error", Kind::error, {Option::status, Option::code, Option::message, Option::retry_after}},
      {"html", Kind::html, {Option::status}},
      {"empty", Kind::empty, {Option::status}},
      {"hang", Kind::hang, {}},
      {"reset", Kind::reset, {}},
      {"slow", Kind::slow, {Option::delay}},
      {"drip", Kind::drip, {Option::delay}},
      {"truncated_body", Kind::truncated_body, {}},
      {"wrong_content_length", Kind::wrong_content_length, {}},
      {"cut_json", Kind::cut_json, {}},
      {"gzip", Kind::gzip, {}},
      {"chunked", Kind::chunked, {}},
      {"close_delimited", Kind::close_delimited, {}},
      {"close_after_answer", Kind::close_after_answer, {}},
      {"byte_order_mark", Kind::byte_order_mark, {}},
      {"huge_body", Kind::huge_body, {Option::size}},
      {"numbers_as_strings", Kind::numbers_as_strings, {}},
      {"nulls", Kind::nulls, {Option::fields}},
      {"missing_fields", Kind::missing_fields, {Option::fields}},
      {"unknown_fields", Kind::unknown_fields, {}},
      {"unknown_status", Kind::unknown_status, {Option::value, Option::share}},
      {"unknown_type", Kind::unknown_type, {Option::value, Option::share}},
      {"unknown_source", Kind::unknown_source, {Option::value, Option::share}},
      {"duplicate_rows", Kind::duplicate_rows, {}},
      {"shifted_pages", Kind::shifted_pages, {}},
      {"repeated_page", Kind::repeated_page, {}},
      {"moving_total", Kind::moving_total, {}},
  };
  return words;
}

std::string_view to_string(FaultKind kind) {
  for (const FaultWord& word : fault_words()) {
    if (word.kind == kind) return word.name;
  }
  return "?";
}

bool applies(const When& when, const Occasion& occasion) {
  return (when.action.empty() || when.action == occasion.action) &&
         (!when.page || *when.page == occasion.page);
}

bool strikes(const When& when, const Occasion& occasion, std::uint64_t count, std::uint64_t key) {
  if (!applies(when, occasion)) return false;
  if (when.after && occasion.elapsed < *when.after) return false;
  if (when.until && occasion.elapsed >= *when.until) return false;
  if (when.every && count % *when.every != 0) return false;
  if (when.first && count > *when.first) return false;
  return !when.probability || Random(combine(key, count)).unit() < *when.probability;
}

}  // namespace sas::simulator
