// SPDX-License-Identifier: Apache-2.0
#include "api/answer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "api/api_error.hpp"
#include "api/error_body.hpp"
#include "api/excerpt.hpp"
#include "api/lenient.hpp"
#include "api/redact.hpp"

namespace sas::api {
namespace {

enum Field : std::size_t { kRequestId, kPageInfo, kRows, kCode, kMessage, kSuccess };
enum PageInfoField : std::size_t { kCurrentPage, kPageSize, kTotalCount, kCount };

// Some actions of the platform say so also when all is well.
bool is_success(std::string_view code) {
  constexpr std::array<std::string_view, 6> kSuccesses{"", "200", "0", "OK", "Success", "success"};
  return std::ranges::find(kSuccesses, code) != kSuccesses.end();
}

Error not_json(std::string_view body, simdjson::error_code fault) {
  return {.kind = ErrorKind::retry,
          .cause = ErrorCause::not_json,
          .message = fmt::format("the answer is not JSON: {}; it starts with: {}",
                                 simdjson::error_message(fault), excerpt(redact(body.substr(0, 4096)), 200)),
          .http_status = 200};
}

// Status 200, but the body tells of a failure.
Error told_failure(std::string_view body) {
  return classify(
      {.http_status = 200, .body = body, .content_type = {}, .request_id_header = {}, .retry_after = {}});
}

}  // namespace

struct AnswerReader::Reading {
  Answer answer;
  ViolationTally& tally;
  const ReadRow& read_row;
  Rows rows = Rows::missing;
  std::int64_t row_count = 0;
  bool failed = false;
};

AnswerReader::AnswerReader(std::string_view rows_field)
    : fields_({"RequestId", "PageInfo", rows_field, "Code", "Message", "Success"}),
      page_info_({"CurrentPage", "PageSize", "TotalCount", "Count"}) {}

simdjson::error_code AnswerReader::read_page_info(ondemand::value& value, Reading& reading) {
  ondemand::object object;
  if (!token_of(value).starts_with('{')) {
    reading.tally.add("PageInfo", [&] { return excerpt(token_of(value), 64) + " instead of an object"; });
    return simdjson::SUCCESS;
  }
  if (const auto fault = value.get_object().get(object)) return fault;
  Answer& answer = reading.answer;
  const std::array<std::optional<std::int64_t>*, 4> numbers{&answer.current_page, &answer.page_size,
                                                            &answer.total_count, &answer.count};
  constexpr std::array<std::string_view, 4> kLabels{"PageInfo.CurrentPage", "PageInfo.PageSize",
                                                    "PageInfo.TotalCount", "PageInfo.Count"};
  const auto fault = page_info_.walk(object, reading.tally, [&](std::size_t field, ondemand::value& number) {
    *numbers[field] = read_count(number, {reading.tally, kLabels[field]});
    return simdjson::SUCCESS;
  });
  page_info_.tally_missing(std::bitset<4>{}.set(), reading.tally, "PageInfo.");
  return fault;
}

simdjson::error_code AnswerReader::read_rows(ondemand::value& value, Reading& reading) {
  const std::string_view token = token_of(value);
  if (!token.starts_with('[')) {
    reading.rows = token == "null" ? Rows::missing : Rows::odd;
    return simdjson::SUCCESS;
  }
  reading.rows = Rows::read;
  ondemand::array rows;
  if (const auto fault = value.get_array().get(rows)) return fault;
  for (auto item : rows) {
    ondemand::value row;
    if (const auto fault = item.get(row)) return fault;
    ++reading.row_count;
    if (!token_of(row).starts_with('{')) {
      reading.tally.add(fields_.name(kRows), [&] {
        return fmt::format("row {} is {} instead of an object", reading.row_count,
                           excerpt(token_of(row), 64));
      });
      continue;
    }
    ondemand::object object;
    if (const auto fault = row.get_object().get(object)) return fault;
    const std::size_t mark = reading.tally.size();
    if (const auto fault = reading.read_row(object, reading.tally)) return fault;
    if (reading.tally.size() != mark) reading.tally.locate(mark, fmt::format("row {}", reading.row_count));
  }
  return simdjson::SUCCESS;
}

simdjson::error_code AnswerReader::walk(std::string_view body, Reading& reading) {
  ondemand::document document;
  if (const auto fault = text_.open(body).get(document)) return fault;
  ondemand::object object;
  if (const auto fault = document.get_object().get(object)) return fault;
  const auto fault = fields_.walk(object, reading.tally, [&](std::size_t field, ondemand::value& value) {
    std::string text;
    switch (field) {
      case kRequestId:
        read_text(value, {reading.tally, "RequestId"}, reading.answer.request_id);
        return simdjson::SUCCESS;
      case kPageInfo:
        return read_page_info(value, reading);
      case kRows:
        return read_rows(value, reading);
      case kCode:
        reading.failed |= !is_success(
            read_text(value, {reading.tally, "Code", Need::sometimes}, text) ? text : std::string{});
        return simdjson::SUCCESS;
      case kSuccess:
        reading.failed |= token_of(value) == "false" || token_of(value) == "\"false\"";
        return simdjson::SUCCESS;
      default:
        return simdjson::SUCCESS;
    }
  });
  if (fault != simdjson::SUCCESS) return fault;
  // Two documents one after the other are none.
  const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return at_end ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

Result<Answer> AnswerReader::read(std::string_view body, ViolationTally& tally, const ReadRow& read_row) {
  Reading reading{.answer = {}, .tally = tally, .read_row = read_row};
  const auto fault = walk(body, reading);
  text_.shrink();
  if (fault != simdjson::SUCCESS) return not_json(body, fault);
  Answer& answer = reading.answer;
  if (reading.failed) return told_failure(body);
  if (text_.mended()) tally.add("encoding", [] { return "the answer is not UTF-8"; });
  fields_.tally_missing(std::bitset<6>{1U << kRequestId | 1U << kPageInfo}, tally);
  const std::string_view rows = fields_.name(kRows);
  if (reading.rows != Rows::read) {
    // A page beyond the last one may be written without a list. Else a list that is not there is not an empty
    // one.
    const bool empty = reading.rows == Rows::missing && (answer.count == 0 || answer.total_count == 0);
    if (!is_success(read_error_body(body).code)) return told_failure(body);
    if (!empty) {
      return Error{.kind = ErrorKind::give_up,
                   .cause = ErrorCause::contract,
                   .message = fmt::format("the answer has no list `{}`", rows),
                   .request_id = answer.request_id,
                   .http_status = 200};
    }
    tally.add(rows, [] { return "no list where an empty one belongs"; });
  }
  if (answer.count && *answer.count != reading.row_count) {
    tally.add("PageInfo.Count",
              [&] { return fmt::format("{}, but there are {} rows", *answer.count, reading.row_count); });
  }
  return std::move(answer);
}

}  // namespace sas::api
