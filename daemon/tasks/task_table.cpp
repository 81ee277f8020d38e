// SPDX-License-Identifier: Apache-2.0
#include "tasks/task_table.hpp"

#include <algorithm>
#include <utility>

namespace sas::tasks {
namespace {

std::int64_t number(const std::optional<std::int64_t>& value) {
  return value.value_or(kAbsent);
}

std::int64_t number(const std::optional<Time>& time) {
  return time ? time->time_since_epoch().count() : kAbsent;
}

GaugeRow gauges_of(const TrackedTask& tracked) {
  const Task& task = tracked.task;
  GaugeRow row{};
  const auto set = [&row](Gauge gauge, std::int64_t value) { row[static_cast<std::size_t>(gauge)] = value; };
  set(Gauge::info, 1);
  set(Gauge::status_code, task.status_code);
  set(Gauge::items, number(task.total_count));
  set(Gauge::items_finished, number(task.finish_count));
  set(Gauge::subtasks, number(task.detail_task_total_count));
  set(Gauge::subtasks_ready, number(task.detail_task_ready_count));
  set(Gauge::created_timestamp, number(task.create_time));
  set(Gauge::started_timestamp, number(task.start_time));
  set(Gauge::ended_timestamp, number(task.end_time));
  set(Gauge::last_progress_timestamp, tracked.last_progress().time_since_epoch().count());
  return row;
}

}  // namespace

Time TrackedTask::last_progress() const {
  return std::max({items_progressed, subtasks_progressed, status_changed});
}

std::optional<Slot> TaskTable::find(std::string_view id) const {
  const auto found = index_.find(shown_id(id));
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

Slot TaskTable::insert(TrackedTask task) {
  Slot slot = static_cast<Slot>(rows_.size());
  if (free_.empty()) {
    rows_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  index_.emplace(shown_id(task.task.id), slot);
  rows_[slot] = std::move(task);
  return slot;
}

void TaskTable::erase(Slot slot) {
  hide(slot);
  index_.erase(index_.find(shown_id(rows_[slot]->task.id)));
  rows_[slot].reset();
  free_.push_back(slot);
}

void TaskTable::set_subtasks(Slot slot, SubtaskSummary summary) {
  rows_[slot]->subtasks = std::make_shared<const SubtaskSummary>(std::move(summary));
  if (is_shown(slot)) show(slot);
}

void TaskTable::show(Slot slot) {
  const TrackedTask& tracked = *rows_[slot];
  gauges_.write(slot, gauges_of(tracked), target_, tracked.task);
  gauges_.write_subtasks(slot, tracked.subtasks ? &tracked.subtasks->by_status : nullptr);
}

}  // namespace sas::tasks
