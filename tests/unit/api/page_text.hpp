// SPDX-License-Identifier: Apache-2.0
#pragma once
// Answers for the tests of this folder, written as the service writes them.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "tasks/observation.hpp"

namespace sas::api {

/// The members of an object, in order; values are JSON.
using Members = std::vector<std::pair<std::string, std::string>>;

inline std::string object(const Members& members) {
  std::string text = "{";
  for (const auto& [name, value] : members) {
    if (text.size() > 1) text += ',';
    text.append("\"").append(name).append("\":").append(value);
  }
  return text + '}';
}

/// A row that keeps the contract, the id aside the example of the reference page.
inline Members good_row() {
  return {{"TotalCount", "337"},
          {"FinishCount", "197"},
          {"TaskId", R"("3d7a1b68-599f-4e16-9b45-e920a183b000")"},
          {"StatusCode", "1"},
          {"StartTime", "1680919233000"},
          {"EndTime", "1680919234000"},
          {"CreateTime", "1680919232000"},
          {"TaskType", R"("CHECK_ALL")"},
          {"TaskSource", R"("YAO_CHI")"},
          {"DetailTaskTotalCount", "10"},
          {"DetailTaskReadyCount", "5"}};
}

/// The same row with one member changed, or left out where `value` is empty.
inline Members row_with(const std::string& name, const std::string& value) {
  Members row = good_row();
  if (value.empty()) {
    std::erase_if(row, [&](const auto& member) { return member.first == name; });
    return row;
  }
  for (auto& member : row) {
    if (member.first == name) member.second = value;
  }
  return row;
}

inline std::string list(const std::vector<std::string>& elements) {
  std::string text = "[";
  for (const std::string& element : elements) {
    if (text.size() > 1) text += ',';
    text += element;
  }
  return text + ']';
}

inline std::string page_info(std::size_t count) {
  return object(
      {{"CurrentPage", "1"}, {"PageSize", "20"}, {"TotalCount", "149"}, {"Count", std::to_string(count)}});
}

inline std::string page_text(const std::vector<std::string>& rows,
                             const std::string& rows_field = "Processes") {
  return object({{"RequestId", R"("E1FAB2B8-DF4D-55DF-BC3D-5C3CA6FD5B13")"},
                 {"PageInfo", page_info(rows.size())},
                 {rows_field, list(rows)}});
}

inline auto field_is(const std::string& field) {
  return ::testing::Field("field", &tasks::Violation::field, field);
}
inline auto violation(const std::string& field, std::size_t count = 1) {
  return ::testing::AllOf(field_is(field), ::testing::Field("count", &tasks::Violation::count, count));
}

}  // namespace sas::api
