// SPDX-License-Identifier: Apache-2.0
#pragma once
// The seam between polling and the cloud: one target's tasks and their subtasks, a page at a time. Each call
// is signed, kept within the account's budget, and retried as the policy says; what comes back is final for
// this poll.

#include <boost/asio/awaitable.hpp>

#include "api/list_operation_process.hpp"
#include "api/list_operation_process_detail.hpp"
#include "base/result.hpp"
#include "tasks/observation.hpp"
#include "tasks/subtasks.hpp"

namespace sas::cloud {

namespace asio = boost::asio;

class OperationsSource {
 public:
  virtual ~OperationsSource() = default;

  /// `request` must live until it is done.
  virtual asio::awaitable<Result<tasks::Page>> list(const api::ListOperationProcessRequest& request) = 0;
  virtual asio::awaitable<Result<tasks::SubtaskPage>> list_details(
      const api::ListOperationProcessDetailRequest& request) = 0;
};

}  // namespace sas::cloud
