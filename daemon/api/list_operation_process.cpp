// SPDX-License-Identifier: Apache-2.0
#include "api/list_operation_process.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "api/answer.hpp"
#include "api/seen_ids.hpp"
#include "api/task_row.hpp"

namespace sas::api {
namespace {

constexpr std::size_t kMaxReserved = 1000;

}  // namespace

Query encode(const ListOperationProcessRequest& request) {
  Query query;
  add(query, "CurrentPage", request.current_page);
  add(query, "PageSize", request.page_size);
  add(query, "StartTime", request.start_time);
  add(query, "EndTime", request.end_time);
  add(query, "StatusCodes", request.status_codes);
  add(query, "TaskIds", request.task_ids);
  add(query, "TaskSources", request.task_sources);
  add(query, "TaskTypes", request.task_types);
  return query;
}

struct ListOperationProcessDecoder::Parser {
  AnswerReader answer{"Processes"};
  TaskRowReader row;
  SeenIds seen;
  std::size_t last_size = 0;  // pages are alike: what the last one held is reserved for the next

  simdjson::error_code read_row(ondemand::object object, std::vector<tasks::Task>& tasks,
                                ViolationTally& tally) {
    tasks::Task& task = tasks.emplace_back();
    if (const auto fault = row.read(object, task, tally)) return fault;
    if (tasks::shown_id(task.id).empty()) {
      tasks.pop_back();
    } else if (seen.repeats(tasks)) {
      tally.add("TaskId", [&] { return fmt::format("{} is twice on the page", excerpt(task.id, 64)); });
    }
    return simdjson::SUCCESS;
  }
};

ListOperationProcessDecoder::ListOperationProcessDecoder() : parser_(std::make_unique<Parser>()) {}
ListOperationProcessDecoder::ListOperationProcessDecoder(ListOperationProcessDecoder&&) noexcept = default;
ListOperationProcessDecoder& ListOperationProcessDecoder::operator=(ListOperationProcessDecoder&&) noexcept =
    default;
ListOperationProcessDecoder::~ListOperationProcessDecoder() = default;

Result<tasks::Page> ListOperationProcessDecoder::decode(std::string_view body) {
  tasks::Page page;
  page.tasks.reserve(parser_->last_size);
  parser_->seen.clear();
  ViolationTally tally;
  auto answer = parser_->answer.read(body, tally, [&](ondemand::object object, ViolationTally& breaches) {
    return parser_->read_row(object, page.tasks, breaches);
  });
  if (!answer) return std::move(answer).error();
  parser_->last_size = std::min(page.tasks.size(), kMaxReserved);
  page.request_id = std::move(answer->request_id);
  page.current_page = answer->current_page;
  page.page_size = answer->page_size;
  page.total_count = answer->total_count;
  page.count = answer->count;
  page.violations = tally.take();
  return page;
}

}  // namespace sas::api
