// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one poll of one target sees: pages of the list as they came. A page says something about the tasks on
// it and nothing about any other.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

/// A place where an answer does not keep what the API documents. The poll goes on; somebody should look.
struct Violation {
  std::string field;        // where: `StatusCode`, `PageInfo.TotalCount`, … (the label `field`)
  std::string detail;       // what was there instead, cut short
  std::uint64_t count = 1;  // how many times; the detail tells the first
};

/// One page of ListOperationProcess.
struct Page {
  std::string request_id;
  std::optional<std::int64_t> current_page;  // PageInfo.CurrentPage
  std::optional<std::int64_t> page_size;     // PageInfo.PageSize; the service may clamp what was asked for
  std::optional<std::int64_t> total_count;   // PageInfo.TotalCount: tasks that match, on all pages
  std::optional<std::int64_t> count;         // PageInfo.Count: tasks on this page
  std::vector<Task> tasks;
  std::vector<Violation> violations;
};

enum class Telling : std::uint8_t {
  changes,   // the table knows what was before: what is new has happened since
  baseline,  // no whole list was ever seen: a task that is new to the table may have been like that for long
};

/// One look at a target: all pages that one poll reads. Pages are applied one by one as they arrive.
struct Observation {
  std::uint64_t number = 0;  // counts the looks at this target, from 1
  Time at;                   // when its first page was asked for
  Telling telling = Telling::changes;
};

}  // namespace sas::tasks
