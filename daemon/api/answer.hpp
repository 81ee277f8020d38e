// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the list actions of Sas have in common: an object with a RequestId, a PageInfo and rows. Private to
// this folder.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/json_text.hpp"
#include "api/object_fields.hpp"
#include "api/violation_tally.hpp"
#include "base/result.hpp"

namespace sas::api {

struct Answer {
  std::string request_id;
  std::optional<std::int64_t> current_page;
  std::optional<std::int64_t> page_size;
  std::optional<std::int64_t> total_count;
  std::optional<std::int64_t> count;
};

class AnswerReader {
 public:
  /// Reads one row. An error means that the text is not JSON.
  using ReadRow = std::function<simdjson::error_code(ondemand::object, ViolationTally&)>;

  /// `rows_field`: `Processes`; must outlive the reader.
  explicit AnswerReader(std::string_view rows_field);

  /// An error: the body is not JSON (`not_json`), it has no list of rows where there should be some
  /// (`contract`), or it tells of a failure in spite of its status 200 (classified by its Code). The rows
  /// read until then are worth nothing.
  Result<Answer> read(std::string_view body, ViolationTally& tally, const ReadRow& read_row);

 private:
  enum class Rows : std::uint8_t { missing, odd, read };
  struct Reading;

  simdjson::error_code walk(std::string_view body, Reading& reading);
  simdjson::error_code read_page_info(ondemand::value& value, Reading& reading);
  simdjson::error_code read_rows(ondemand::value& value, Reading& reading);

  JsonText text_;
  ObjectFields<6> fields_;
  ObjectFields<4> page_info_;
};

}  // namespace sas::api
