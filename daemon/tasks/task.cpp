// SPDX-License-Identifier: Apache-2.0
#include "tasks/task.hpp"

namespace sas::tasks {

std::string_view status_name(StatusCode code) {
  switch (code) {
    case kNotStarted:
      return "not_started";
    case kRunning:
      return "running";
    case kComplete:
      return "complete";
    case kTimedOut:
      return "timed_out";
    case kVanished:
      return "vanished";
    default:
      return "unknown";
  }
}

std::string_view shown_id(std::string_view id) {
  // Asked for every row of every page, and hardly ever is there anything to cut.
  const auto is_blank = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!id.empty() && is_blank(id.front()))
    id.remove_prefix(1);
  while (!id.empty() && is_blank(id.back()))
    id.remove_suffix(1);
  return id;
}

}  // namespace sas::tasks
