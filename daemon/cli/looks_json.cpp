// SPDX-License-Identifier: Apache-2.0
#include "cli/looks_json.hpp"

#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace sas::cli {
namespace {

namespace json = boost::json;

json::value or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value or_null(const std::optional<std::int64_t>& count) {
  return count ? json::value(*count) : json::value(nullptr);
}

json::value or_null(const std::optional<Time>& time) {
  return time ? json::value(format_milliseconds(*time)) : json::value(nullptr);
}

json::object object(const tasks::Task& task) {
  return {{"task_id", tasks::shown_id(task.id)},
          {"task_type", or_null(task.type)},
          {"task_source", or_null(task.source)},
          {"status", tasks::status_name(task.status_code)},
          {"status_code", task.status_code},
          {"items", or_null(task.total_count)},
          {"items_finished", or_null(task.finish_count)},
          {"subtasks", or_null(task.detail_task_total_count)},
          {"subtasks_ready", or_null(task.detail_task_ready_count)},
          {"created_at", or_null(task.create_time)},
          {"started_at", or_null(task.start_time)},
          {"ended_at", or_null(task.end_time)}};
}

json::object object(const app::Look& look) {
  json::array tasks;
  for (const tasks::Task& task : look.tasks)
    tasks.emplace_back(object(task));
  return {{"target", look.target},
          {"endpoint", look.endpoint},
          {"polled_at", format_milliseconds(look.at)},
          {"result", policy::to_string(look.result)},
          {"trouble", or_null(look.trouble)},
          {"tasks", std::move(tasks)}};
}

}  // namespace

std::string looks_json(const std::vector<app::Look>& looks) {
  json::array targets;
  for (const app::Look& look : looks)
    targets.emplace_back(object(look));
  return json::serialize(json::object{{"targets", std::move(targets)}}) + '\n';
}

}  // namespace sas::cli
