// SPDX-License-Identifier: Apache-2.0
#include "exposition/family.hpp"

#include <fmt/format.h>

namespace sas::exposition {
namespace {

constexpr std::string_view kInfoSuffix = "_info";

constexpr std::array<Family, tasks::kGaugeCount> kFamilies{
    {{tasks::Gauge::info, "sas_operation_task_info", "An operation task that is active or ended lately.",
      Value::integer},
     {tasks::Gauge::status_code, "sas_operation_task_status_code",
      "StatusCode as the API gives it: 0 not started, 1 running, 2 complete, 3 timed out.", Value::integer},
     {tasks::Gauge::items, "sas_operation_task_items", "Items to check (TotalCount).", Value::integer},
     {tasks::Gauge::items_finished, "sas_operation_task_items_finished", "Items checked (FinishCount).",
      Value::integer},
     {tasks::Gauge::subtasks, "sas_operation_task_subtasks", "Subtasks (DetailTaskTotalCount).",
      Value::integer},
     {tasks::Gauge::subtasks_ready, "sas_operation_task_subtasks_ready",
      "Subtasks completed (DetailTaskReadyCount).", Value::integer},
     {tasks::Gauge::created_timestamp, "sas_operation_task_created_timestamp_seconds", "CreateTime.",
      Value::milliseconds},
     {tasks::Gauge::started_timestamp, "sas_operation_task_started_timestamp_seconds", "StartTime.",
      Value::milliseconds},
     {tasks::Gauge::ended_timestamp, "sas_operation_task_ended_timestamp_seconds",
      "EndTime; of a task that has not ended it means nothing.", Value::milliseconds},
     {tasks::Gauge::last_progress_timestamp, "sas_operation_task_last_progress_timestamp_seconds",
      "When items, subtasks or the status last moved, as far as this process saw.", Value::milliseconds}}};

}  // namespace

const std::array<Family, tasks::kGaugeCount>& families() {
  return kFamilies;
}

std::string header(const Family& family, Format format) {
  std::string_view name = family.name;
  std::string_view type = "gauge";
  std::string unit;
  if (format == Format::openmetrics) {
    // OpenMetrics knows the type info; its family is called what its sample is without the suffix.
    if (family.gauge == tasks::Gauge::info) {
      name.remove_suffix(kInfoSuffix.size());
      type = "info";
    }
    if (family.value == Value::milliseconds) unit = fmt::format("# UNIT {} seconds\n", name);
  }
  return fmt::format("# HELP {} {}\n# TYPE {} {}\n{}", name, family.help, name, type, unit);
}

std::string subtasks_header() {
  return fmt::format(
      "# HELP {0} Subtasks of a task that ended (ListOperationProcessDetail), once they have been read.\n"
      "# TYPE {0} gauge\n",
      kSubtasksByStatus);
}

}  // namespace sas::exposition
