// SPDX-License-Identifier: Apache-2.0
#pragma once
// A service that is read from several copies of its memory, of which one lags: a page may hold, once more, a
// row of an earlier page, as it was earlier in the same poll. All rows that belong on the page are there.

#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "cloud/operations_source.hpp"

namespace sas::flow {

class LaggingSource final : public cloud::OperationsSource {
 public:
  /// `share`: how many of the rows that have moved on within the poll come once more as they were.
  LaggingSource(std::unique_ptr<cloud::OperationsSource> real, double share, std::uint64_t seed)
      : real_(std::move(real)), share_(share), random_(seed) {}

  boost::asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) override {
    Result<tasks::Page> page = co_await real_->list(request);
    if (!page) co_return std::move(page);
    if (request.current_page == 1) given_.clear();
    if (request.current_page == 1 && !request.status_codes.empty()) oldest_.clear();  // a poll begins
    std::vector<tasks::Task> late = late_rows();
    for (const tasks::Task& row : page->tasks) {
      oldest_.try_emplace(row.id, row);
      given_.insert_or_assign(row.id, row.status_code);
    }
    page->tasks.insert(page->tasks.end(), std::make_move_iterator(late.begin()),
                       std::make_move_iterator(late.end()));
    co_return std::move(page);
  }

  boost::asio::awaitable<Result<tasks::SubtaskPage>> list_details(
      const api::ListOperationProcessDetailRequest& request) override {
    co_return co_await real_->list_details(request);
  }

 private:
  std::vector<tasks::Task> late_rows() {
    std::vector<tasks::Task> late;
    for (const auto& [id, status] : given_) {
      const tasks::Task& oldest = oldest_.at(id);
      if (oldest.status_code != status && std::uniform_real_distribution<double>(0, 1)(random_) < share_)
        late.push_back(oldest);
    }
    return late;
  }

  std::unique_ptr<cloud::OperationsSource> real_;
  double share_;
  std::mt19937_64 random_;
  std::unordered_map<std::string, tasks::Task> oldest_;       // of this poll
  std::unordered_map<std::string, tasks::StatusCode> given_;  // of this reading, as given last
};

}  // namespace sas::flow
