// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads what the subtasks of one task came to: ListOperationProcessDetail, page after page, to the end.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "cloud/operations_source.hpp"
#include "tasks/subtasks.hpp"

namespace sas::polling {

namespace asio = boost::asio;

/// A task with more subtasks is not read: it would keep the calls from the others for minutes. The pages of a
/// service that shows but 20 rows at a time hold so many.
constexpr std::size_t kMostSubtasks = 10'000;
constexpr std::size_t kMostSubtaskPages = 500;

struct SubtasksRead {
  tasks::SubtaskSummary summary;
  std::vector<tasks::Violation> violations;  // of all pages, one a field
};

/// Called whenever an answer has come, so that others see that the poll gets on.
using OnAnswer = std::function<void()>;

/// Reads the subtasks of one task to the end of the list, however many of the `page_size` rows asked for the
/// service gives at a time. `task_id` is sent to the letter. An error where a page could not be had, the list
/// did not hold still (cause contract), or there are more than kMostSubtasks (contract, too): nothing of the
/// pages before counts then. `source` must outlive the call.
asio::awaitable<Result<SubtasksRead>> read_subtasks(cloud::OperationsSource& source, std::string task_id,
                                                    int page_size, OnAnswer on_answer);

}  // namespace sas::polling
