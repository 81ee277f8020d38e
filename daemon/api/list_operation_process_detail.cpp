// SPDX-License-Identifier: Apache-2.0
#include "api/list_operation_process_detail.hpp"

#include <utility>

#include "api/answer.hpp"
#include "api/list_operation_process.hpp"
#include "api/row_fields.hpp"

namespace sas::api {
namespace {

enum Field : std::size_t {
  kTaskId,
  kDetailTaskId,
  kStatusCode,
  kAssetVendor,
  kAssetType,
  kAssetSubType,
  kStartTime,
  kEndTime,
  kCreateTime,
  kChecks,
};
enum CheckField : std::size_t { kCheckId, kCheckShowName };

constexpr std::bitset<10> kOptional{1U << kStartTime | 1U << kEndTime};

}  // namespace

Query encode(const ListOperationProcessDetailRequest& request) {
  Query query;
  add(query, "CurrentPage", request.current_page);
  add(query, "PageSize", request.page_size);
  add(query, "StartTime", request.start_time);
  add(query, "EndTime", request.end_time);
  add(query, "StatusCodes", request.status_codes);
  add(query, "TaskIds", request.task_ids);
  add(query, "Lang", request.lang);
  return query;
}

struct ListOperationProcessDetailDecoder::Parser {
  AnswerReader answer{"ProcessDetails"};
  ObjectFields<10> fields{{"TaskId", "DetailTaskId", "StatusCode", "AssetVendor", "AssetType", "AssetSubType",
                           "StartTime", "EndTime", "CreateTime", "Checks"}};
  ObjectFields<2> check_fields{{"CheckId", "CheckShowName"}};

  simdjson::error_code read_check(ondemand::object object, tasks::Check& check, ViolationTally& tally) {
    const auto fault = check_fields.walk(object, tally, [&](std::size_t field, ondemand::value& value) {
      if (field == kCheckId) {
        check.id = read_integer(value, {tally, "Checks.CheckId"});
      } else {
        read_text(value, {tally, "Checks.CheckShowName"}, check.show_name);
      }
      return simdjson::SUCCESS;
    });
    check_fields.tally_missing(std::bitset<2>{}.set(), tally, "Checks.");
    return fault;
  }

  simdjson::error_code read_checks(ondemand::value& value, std::vector<tasks::Check>& checks,
                                   ViolationTally& tally) {
    const std::string_view token = token_of(value);
    if (!token.starts_with('[')) {
      tally.add("Checks", [&] { return excerpt(token, 64) + " instead of a list"; });
      return simdjson::SUCCESS;
    }
    ondemand::array list;
    if (const auto fault = value.get_array().get(list)) return fault;
    for (auto item : list) {
      ondemand::value element;
      if (const auto fault = item.get(element)) return fault;
      if (!token_of(element).starts_with('{')) {
        tally.add("Checks", [&] { return excerpt(token_of(element), 64) + " instead of an object"; });
        continue;
      }
      ondemand::object object;
      if (const auto fault = element.get_object().get(object)) return fault;
      if (const auto fault = read_check(object, checks.emplace_back(), tally)) return fault;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_field(std::size_t field, ondemand::value& value, tasks::Subtask& subtask,
                                  ViolationTally& tally) {
    const Place place{tally, fields.name(field), kOptional[field] ? Need::sometimes : Need::always};
    switch (static_cast<Field>(field)) {
      case kTaskId:
        if (read_text(value, place, subtask.task_id)) check_id(place.field, subtask.task_id, tally);
        break;
      case kDetailTaskId:
        if (read_text(value, place, subtask.id)) check_id(place.field, subtask.id, tally);
        break;
      case kStatusCode:
        subtask.status_code = read_status(value, tasks::kSubtaskFailed, tally);
        break;
      case kAssetVendor:
        subtask.asset_vendor = read_integer(value, place);
        break;
      case kAssetType:
        subtask.asset_type = read_integer(value, place);
        break;
      case kAssetSubType:
        subtask.asset_sub_type = read_integer(value, place);
        break;
      case kStartTime:
        subtask.start_time = read_time(value, place);
        break;
      case kEndTime:
        subtask.end_time = read_time(value, place);
        break;
      case kCreateTime:
        subtask.create_time = read_time(value, place);
        break;
      case kChecks:
        return read_checks(value, subtask.checks, tally);
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code read_row(ondemand::object object, std::vector<tasks::Subtask>& subtasks,
                                ViolationTally& tally) {
    tasks::Subtask& subtask = subtasks.emplace_back();
    subtask.status_code = kStatusNotGiven;
    const auto fault = fields.walk(object, tally, [&](std::size_t field, ondemand::value& value) {
      return read_field(field, value, subtask, tally);
    });
    fields.tally_missing(~kOptional, tally);
    if (tasks::shown_id(subtask.id).empty() && tasks::shown_id(subtask.task_id).empty()) subtasks.pop_back();
    return fault;
  }
};

ListOperationProcessDetailDecoder::ListOperationProcessDetailDecoder()
    : parser_(std::make_unique<Parser>()) {}
ListOperationProcessDetailDecoder::ListOperationProcessDetailDecoder(
    ListOperationProcessDetailDecoder&&) noexcept = default;
ListOperationProcessDetailDecoder& ListOperationProcessDetailDecoder::operator=(
    ListOperationProcessDetailDecoder&&) noexcept = default;
ListOperationProcessDetailDecoder::~ListOperationProcessDetailDecoder() = default;

Result<tasks::SubtaskPage> ListOperationProcessDetailDecoder::decode(std::string_view body) {
  tasks::SubtaskPage page;
  ViolationTally tally;
  auto answer = parser_->answer.read(body, tally, [&](ondemand::object object, ViolationTally& breaches) {
    return parser_->read_row(object, page.subtasks, breaches);
  });
  if (!answer) return std::move(answer).error();
  page.request_id = std::move(answer->request_id);
  page.current_page = answer->current_page;
  page.page_size = answer->page_size;
  page.total_count = answer->total_count;
  page.count = answer->count;
  page.violations = tally.take();
  return page;
}

}  // namespace sas::api
