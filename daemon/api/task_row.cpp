// SPDX-License-Identifier: Apache-2.0
#include "api/task_row.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "api/excerpt.hpp"
#include "api/lenient.hpp"
#include "api/list_operation_process.hpp"
#include "api/row_fields.hpp"

namespace sas::api {
namespace {

// In the order of the reference page's example.
enum Field : std::size_t {
  kTotalCount,
  kFinishCount,
  kTaskId,
  kStatusCode,
  kStartTime,
  kEndTime,
  kCreateTime,
  kTaskType,
  kTaskSource,
  kDetailTaskTotalCount,
  kDetailTaskReadyCount,
};

// Not there while a task has not started or ended; and few tasks have a source: its one documented value is a
// console.
constexpr std::bitset<11> kOptional{1U << kStartTime | 1U << kEndTime | 1U << kTaskSource};

void check_type(const std::string& type, ViolationTally& tally) {
  if (std::ranges::find(tasks::kTaskTypes, type) != tasks::kTaskTypes.end()) return;
  tally.add("TaskType", [&] { return fmt::format("`{}` is not documented", excerpt(type, 64)); });
}

void check_source(const std::string& source, ViolationTally& tally) {
  if (source.empty() || source == "YAO_CHI") return;
  tally.add("TaskSource", [&] { return fmt::format("`{}` is not documented", excerpt(source, 64)); });
}

void read_field(std::size_t field, ondemand::value& value, tasks::Task& task, ViolationTally& tally) {
  switch (static_cast<Field>(field)) {
    case kTaskId:
      if (read_text(value, {tally, "TaskId"}, task.id)) check_id("TaskId", task.id, tally);
      break;
    case kTaskType:
      if (read_text(value, {tally, "TaskType"}, task.type)) check_type(task.type, tally);
      break;
    case kTaskSource:
      if (read_text(value, {tally, "TaskSource", Need::sometimes}, task.source))
        check_source(task.source, tally);
      break;
    case kStatusCode:
      task.status_code = read_status(value, tasks::kTimedOut, tally);
      break;
    case kTotalCount:
      task.total_count = read_count(value, {tally, "TotalCount"});
      break;
    case kFinishCount:
      task.finish_count = read_count(value, {tally, "FinishCount"});
      break;
    case kDetailTaskTotalCount:
      task.detail_task_total_count = read_count(value, {tally, "DetailTaskTotalCount"});
      break;
    case kDetailTaskReadyCount:
      task.detail_task_ready_count = read_count(value, {tally, "DetailTaskReadyCount"});
      break;
    case kCreateTime:
      task.create_time = read_time(value, {tally, "CreateTime"});
      break;
    case kStartTime:
      task.start_time = read_time(value, {tally, "StartTime", Need::sometimes});
      break;
    case kEndTime:
      task.end_time = read_time(value, {tally, "EndTime", Need::sometimes});
      break;
  }
}

}  // namespace

TaskRowReader::TaskRowReader()
    : fields_({"TotalCount", "FinishCount", "TaskId", "StatusCode", "StartTime", "EndTime", "CreateTime",
               "TaskType", "TaskSource", "DetailTaskTotalCount", "DetailTaskReadyCount"}) {}

simdjson::error_code TaskRowReader::read(ondemand::object row, tasks::Task& task, ViolationTally& tally) {
  task.status_code = kStatusNotGiven;
  const auto fault = fields_.walk(row, tally, [&](std::size_t field, ondemand::value& value) {
    read_field(field, value, task, tally);
    return simdjson::SUCCESS;
  });
  fields_.tally_missing(~kOptional, tally);
  return fault;
}

}  // namespace sas::api
