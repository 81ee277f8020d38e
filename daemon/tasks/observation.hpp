// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one poll of one target saw: the pages of the list as they came, and whether they are the whole list. Only a
// complete observation says anything about tasks that are not in it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "tasks/task.hpp"

namespace sas::tasks {

/// A place where an answer does not keep what the API documents. The poll goes on; somebody should look.
struct Violation {
  std::string field;   // where: `StatusCode`, `PageInfo.TotalCount`, … (the label `field`)
  std::string detail;  // what was there instead, cut short
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

enum class Completeness : std::uint8_t {
  complete,  // every task that matches is in it
  partial,   // some are; what is missing says nothing
};

struct Observation {
  Completeness completeness = Completeness::partial;
  Time at;                    // when the first page was asked for
  std::vector<Page> pages;    // in the order they were read; a later row of the same task is the newer
};

}  // namespace sas::tasks
