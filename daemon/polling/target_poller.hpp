// SPDX-License-Identifier: Apache-2.0
#pragma once
// One poll of one target: which lists to read, page after page, until they are whole or cannot be.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/target.hpp"
#include "cloud/operations_source.hpp"
#include "policy/cadence.hpp"
#include "policy/listing_trust.hpp"
#include "polling/pipeline.hpp"

namespace sas::polling {

namespace asio = boost::asio;

struct PollReport {
  policy::PollResult result = policy::PollResult::complete;
  std::string_view reason;     // why it is not complete: a doubt about a listing, or page_failed
  std::optional<Error> error;  // of the call that failed, if one did
};

class TargetPoller {
 public:
  /// Called whenever an answer has come, so that others see that the poll gets on.
  using OnPage = std::function<void()>;

  /// What it is given by reference must outlive it. `page_size` tasks are asked for at a time.
  TargetPoller(const Target& target, cloud::OperationsSource& source, Pipeline& pipeline, int page_size,
               OnPage on_page);

  asio::awaitable<PollReport> poll();

  /// Not while it polls. What it has learned of the listings stays.
  void change(const Target& target, cloud::OperationsSource& source, int page_size);

 private:
  asio::awaitable<PollReport> read(policy::ListingTrust& trust, api::ListOperationProcessRequest request,
                                   const tasks::Observation& observation);
  asio::awaitable<PollReport> look_up_missing(const tasks::Observation& observation);
  [[nodiscard]] api::ListOperationProcessRequest request() const;

  Target target_;
  cloud::OperationsSource* source_;
  Pipeline& pipeline_;
  int page_size_;
  OnPage on_page_;
  policy::ListingTrust active_listing_;
  policy::ListingTrust recent_listing_;
  bool answered_ = false;  // something was read in this poll
};

}  // namespace sas::polling
