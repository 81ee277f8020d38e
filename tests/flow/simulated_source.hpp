// SPDX-License-Identifier: Apache-2.0
#pragma once
// The simulator's world as an operations source: no sockets, no signatures, only what there is to see at the
// virtual time.

#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "cloud/operations_source.hpp"
#include "runtime/clock.hpp"
#include "simulator/world/world.hpp"

namespace sas::flow {

class SimulatedSource : public cloud::OperationsSource {
 public:
  explicit SimulatedSource(simulator::World& world) : world_(world) {}

  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    const simulator::TaskPage found =
        world_.list({.current_page = request.current_page.value_or(1),
                     .page_size = request.page_size.value_or(simulator::kDefaultPageSize),
                     .start_time = request.start_time,
                     .end_time = request.end_time,
                     .status_codes = request.status_codes,
                     .task_ids = request.task_ids,
                     .task_sources = request.task_sources,
                     .task_types = request.task_types},
                    runtime::wall_now());
    tasks::Page page;
    page.request_id = "R-" + std::to_string(++requests_);
    page.current_page = found.info.current_page;
    page.page_size = found.info.page_size;
    page.total_count = found.info.total_count;
    page.count = found.info.count;
    for (const simulator::Row& row : found.rows)
      page.tasks.push_back(task_of(row));
    co_return page;
  }

  boost::asio::awaitable<Result<tasks::SubtaskPage>> list_details(
      const api::ListOperationProcessDetailRequest& request) override {
    const simulator::SubtaskPage found =
        world_.details({.current_page = request.current_page.value_or(1),
                        .page_size = request.page_size.value_or(simulator::kDefaultPageSize),
                        .start_time = request.start_time,
                        .end_time = request.end_time,
                        .status_codes = request.status_codes,
                        .task_ids = request.task_ids},
                       runtime::wall_now());
    tasks::SubtaskPage page;
    page.request_id = "R-" + std::to_string(++requests_);
    page.current_page = found.info.current_page;
    page.page_size = found.info.page_size;
    page.total_count = found.info.total_count;
    page.count = found.info.count;
    for (const simulator::Subtask& row : found.rows)
      page.subtasks.push_back(subtask_of(row));
    co_return page;
  }

 private:
  static tasks::Task task_of(const simulator::Row& row) {
    tasks::Task task;
    task.id = row.task_id;
    task.type = row.task_type;
    task.source = row.task_source;
    task.status_code = row.status_code;
    task.total_count = row.total_count;
    task.finish_count = row.finish_count;
    task.detail_task_total_count = row.detail_task_total_count;
    task.detail_task_ready_count = row.detail_task_ready_count;
    task.create_time = row.create_time;
    task.start_time = row.start_time;
    task.end_time = row.end_time;
    return task;
  }

  static tasks::Subtask subtask_of(const simulator::Subtask& row) {
    tasks::Subtask subtask;
    subtask.id = row.detail_task_id;
    subtask.task_id = row.task_id;
    subtask.status_code = row.status_code;
    subtask.asset_vendor = row.asset_vendor;
    subtask.asset_type = row.asset_type;
    subtask.asset_sub_type = row.asset_sub_type;
    subtask.create_time = row.create_time;
    subtask.start_time = row.start_time;
    subtask.end_time = row.end_time;
    for (const simulator::Check& check : row.checks)
      subtask.checks.push_back({.id = check.id, .show_name = check.show_name});
    return subtask;
  }

  simulator::World& world_;
  std::size_t requests_ = 0;
};

}  // namespace sas::flow
