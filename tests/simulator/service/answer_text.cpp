// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/answer_text.hpp"

#include <algorithm>
#include <concepts>
#include <optional>

#include "simulator/world/json_text.hpp"

namespace sas::simulator {
namespace {

constexpr std::size_t kBytesPerRow = 400;

bool names(const std::vector<std::string>& fields, std::string_view field) {
  return !fields.empty() && std::find(fields.begin(), fields.end(), field) != fields.end();
}

/// One object, field by field, in the style asked for.
class Object {
 public:
  Object(std::string& out, const Style& style) : out_(out), style_(style) { out_ += '{'; }

  void text(std::string_view name, std::string_view value) {
    if (begin(name)) append_json(out_, value);
  }

  void number(std::string_view name, std::integral auto value) {
    if (!begin(name)) return;
    if (style_.numbers_as_strings) out_ += '"';
    append_json(out_, value);
    if (style_.numbers_as_strings) out_ += '"';
  }

  void time(std::string_view name, const std::optional<Time>& value) {
    if (value) return number(name, value->time_since_epoch().count());
    if (style_.unfinished_times == UnfinishedTimes::zero) return number(name, 0);
    if (style_.unfinished_times == UnfinishedTimes::null && begin(name)) out_ += "null";
  }

  template <class Items, class Write>
  void array(std::string_view name, const Items& items, Write write) {
    if (!begin(name)) return;
    out_ += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      Object object(out_, style_);
      write(object, item);
      object.end();
    }
    out_ += ']';
  }

  template <class Write>
  void object(std::string_view name, Write write) {
    if (!begin(name)) return;
    Object inner(out_, style_);
    write(inner);
    inner.end();
  }

  void end() {
    if (style_.unknown_fields) raw("FutureField", R"({"Nested":[1,"two",null,{"Deep":true}]})");
    out_ += '}';
  }

 private:
  void raw(std::string_view name, std::string_view json) {
    if (begin(name)) out_ += json;
  }

  /// Writes the name. False: the value is already dealt with.
  bool begin(std::string_view name) {
    if (names(style_.missing, name)) return false;
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    if (!names(style_.nulls, name)) return true;
    out_ += "null";
    return false;
  }

  std::string& out_;
  const Style& style_;
  bool first_ = true;
};

void write_head(Object& object, std::string_view request_id, const PageInfo& info, const Style& style) {
  object.text("RequestId", request_id);
  object.object("PageInfo", [&info](Object& inner) {
    inner.number("CurrentPage", info.current_page);
    inner.number("PageSize", info.page_size);
    inner.number("TotalCount", info.total_count);
    inner.number("Count", info.count);
  });
  if (style.padding > 0) object.text("Padding", std::string(style.padding, 'x'));
}

void write_row(Object& object, const Row& row) {
  object.text("TaskId", row.task_id);
  object.text("TaskType", row.task_type);
  object.text("TaskSource", row.task_source);
  object.number("StatusCode", row.status_code);
  object.number("TotalCount", row.total_count);
  object.number("FinishCount", row.finish_count);
  object.number("DetailTaskTotalCount", row.detail_task_total_count);
  object.number("DetailTaskReadyCount", row.detail_task_ready_count);
  object.time("StartTime", row.start_time);
  object.time("EndTime", row.end_time);
  object.time("CreateTime", row.create_time);
}

void write_subtask(Object& object, const Subtask& subtask) {
  object.text("TaskId", subtask.task_id);
  object.text("DetailTaskId", subtask.detail_task_id);
  object.number("StatusCode", subtask.status_code);
  object.number("AssetVendor", subtask.asset_vendor);
  object.number("AssetType", subtask.asset_type);
  object.number("AssetSubType", subtask.asset_sub_type);
  object.time("StartTime", subtask.start_time);
  object.time("EndTime", subtask.end_time);
  object.time("CreateTime", subtask.create_time);
  object.array("Checks", subtask.checks, [](Object& check, const Check& of) {
    check.number("CheckId", of.id);
    check.text("CheckShowName", of.show_name);
  });
}

}  // namespace

std::string to_json(const TaskPage& page, std::string_view request_id, const Style& style) {
  std::string body;
  body.reserve(kBytesPerRow * (page.rows.size() + 1) + style.padding);
  Object object(body, style);
  write_head(object, request_id, page.info, style);
  object.array("Processes", page.rows, write_row);
  object.end();
  return body;
}

std::string to_json(const SubtaskPage& page, std::string_view request_id, const Style& style) {
  std::string body;
  Object object(body, style);
  write_head(object, request_id, page.info, style);
  object.array("ProcessDetails", page.rows, write_subtask);
  object.end();
  return body;
}

}  // namespace sas::simulator
