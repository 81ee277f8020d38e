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
    default:
      return "unknown";
  }
}

std::string_view shown_id(std::string_view id) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const std::size_t first = id.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return id.substr(first, id.find_last_not_of(kBlank) - first + 1);
}

}  // namespace sas::tasks
