// SPDX-License-Identifier: Apache-2.0
#pragma once
// A service in memory for polling tests: the test changes `tasks` between polls, or puts answers of its own
// in the way. It filters and pages as the API documents, newest first.

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "cloud/operations_source.hpp"
#include "runtime/timer.hpp"

namespace sas::support {

class FakeOperationsSource : public cloud::OperationsSource {
 public:
  using Request = api::ListOperationProcessRequest;
  using DetailRequest = api::ListOperationProcessDetailRequest;

  std::vector<tasks::Task> tasks;
  std::map<std::string, std::vector<tasks::Subtask>> subtasks;  // by their task's id, to the letter
  std::vector<Request> requests;                                // as they came
  std::deque<std::function<Result<tasks::Page>(const Request&)>>
      answers;  // used up before the memory answers
  std::vector<DetailRequest> detail_requests;
  std::deque<std::function<Result<tasks::SubtaskPage>(const DetailRequest&)>> detail_answers;
  std::function<void(std::size_t)> before_answer;  // called with the number of the request, from 1
  Milliseconds latency{5};
  std::size_t largest_page = 100;

  boost::asio::awaitable<Result<tasks::Page>> list(const Request& request) override {
    requests.push_back(request);
    co_await runtime::sleep_for(latency);
    if (before_answer) before_answer(requests.size());
    if (answers.empty()) co_return page(request);
    const auto answer = std::move(answers.front());
    answers.pop_front();
    co_return answer(request);
  }

  tasks::Page page(const Request& request) const {
    std::vector<tasks::Task> rows;
    for (const tasks::Task& task : tasks) {
      if (matches(task, request)) rows.push_back(task);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.create_time > b.create_time; });
    tasks::Page page;
    page.request_id = "R-" + std::to_string(requests.size());
    page.tasks = cut(rows, request, page);
    return page;
  }

  boost::asio::awaitable<Result<tasks::SubtaskPage>> list_details(const DetailRequest& request) override {
    detail_requests.push_back(request);
    co_await runtime::sleep_for(latency);
    if (detail_answers.empty()) co_return detail_page(request);
    const auto answer = std::move(detail_answers.front());
    detail_answers.pop_front();
    co_return answer(request);
  }

  tasks::SubtaskPage detail_page(const DetailRequest& request) const {
    std::vector<tasks::Subtask> rows;
    for (const std::string& id : request.task_ids) {
      const auto found = subtasks.find(id);
      if (found != subtasks.end()) rows.insert(rows.end(), found->second.begin(), found->second.end());
    }
    tasks::SubtaskPage page;
    page.request_id = "D-" + std::to_string(detail_requests.size());
    page.subtasks = cut(rows, request, page);
    return page;
  }

 private:
  /// The rows of the page that is asked for; writes its PageInfo.
  template <class Row, class PageRequest, class Page>
  std::vector<Row> cut(const std::vector<Row>& rows, const PageRequest& request, Page& page) const {
    const std::size_t size =
        std::min<std::size_t>(static_cast<std::size_t>(request.page_size.value_or(20)), largest_page);
    const std::size_t first =
        std::min(rows.size(), size * static_cast<std::size_t>(request.current_page.value_or(1) - 1));
    const std::size_t last = std::min(rows.size(), first + size);
    page.current_page = request.current_page;
    page.page_size = static_cast<std::int64_t>(size);
    page.total_count = static_cast<std::int64_t>(rows.size());
    page.count = static_cast<std::int64_t>(last - first);
    return {rows.begin() + static_cast<std::ptrdiff_t>(first),
            rows.begin() + static_cast<std::ptrdiff_t>(last)};
  }

  template <class Value>
  static bool is_among(const std::vector<Value>& allowed, const Value& value) {
    return allowed.empty() || std::find(allowed.begin(), allowed.end(), value) != allowed.end();
  }

  static bool matches(const tasks::Task& task, const Request& request) {
    if (request.start_time && task.create_time < *request.start_time) return false;
    return is_among(request.status_codes, task.status_code) && is_among(request.task_ids, task.id) &&
           is_among(request.task_types, task.type) && is_among(request.task_sources, task.source);
  }
};

}  // namespace sas::support
