// SPDX-License-Identifier: Apache-2.0
#pragma once
// Pages as the JSON text of an answer, in the documented form or with the deviations that a fault asks for.

#include <string>
#include <string_view>
#include <vector>

#include "simulator/world/world.hpp"

namespace sas::simulator {

struct Style {
  UnfinishedTimes unfinished_times = UnfinishedTimes::absent;
  bool numbers_as_strings = false;
  bool unknown_fields = false;
  std::vector<std::string> nulls;    // fields of any level that are null
  std::vector<std::string> missing;  // and that are left out
  std::size_t padding = 0;           // bytes of a field that nobody asked for
};

std::string to_json(const TaskPage& page, std::string_view request_id, const Style& style);
std::string to_json(const SubtaskPage& page, std::string_view request_id, const Style& style);

}  // namespace sas::simulator
