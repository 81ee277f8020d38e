// SPDX-License-Identifier: Apache-2.0
#include "polling/target_poller.hpp"

#include <utility>

#include <fmt/format.h>

#include "policy/lookup.hpp"
#include "runtime/clock.hpp"

namespace sas::polling {
namespace {

bool is_complete(const PollReport& report) {
  return report.result == policy::PollResult::complete;
}

PollReport failed(Error error, bool answered) {
  return {.result = answered ? policy::PollResult::incomplete : policy::PollResult::failed,
          .reason = "page_failed",
          .error = std::move(error)};
}

PollReport doubted(policy::ListingDoubt doubt) {
  return {
      .result = policy::PollResult::incomplete, .reason = policy::to_string(doubt), .error = std::nullopt};
}

}  // namespace

TargetPoller::TargetPoller(const Target& target, cloud::OperationsSource& source, Pipeline& pipeline,
                           int page_size, OnPage on_page)
    : target_(target),
      source_(&source),
      pipeline_(pipeline),
      page_size_(page_size),
      on_page_(std::move(on_page)) {}

void TargetPoller::change(const Target& target, cloud::OperationsSource& source, int page_size) {
  target_ = target;
  source_ = &source;
  page_size_ = page_size;
}

// Two lists make the whole. The first holds what is active, however old. The second holds what was created
// within the lookback, whatever its state: ends, time-outs, states nobody knows. A task that ends between the
// two stands in both; the second has the news. What was active and stands in neither is asked for by its id.
asio::awaitable<PollReport> TargetPoller::poll() {
  answered_ = false;
  const tasks::Observation observation = pipeline_.begin(runtime::wall_now());

  api::ListOperationProcessRequest active = request();
  active.status_codes = {tasks::kNotStarted, tasks::kRunning};
  PollReport report = co_await read(active_listing_, std::move(active), observation);
  if (!is_complete(report)) co_return report;

  api::ListOperationProcessRequest recent = request();
  recent.start_time = pipeline_.list_since(observation);
  report = co_await read(recent_listing_, std::move(recent), observation);
  if (!is_complete(report)) co_return report;

  report = co_await look_up_missing(observation);
  if (is_complete(report))
    pipeline_.complete(observation, active_listing_.is_settled() && recent_listing_.is_settled());
  co_return report;
}

asio::awaitable<PollReport> TargetPoller::read(policy::ListingTrust& trust,
                                               api::ListOperationProcessRequest request,
                                               const tasks::Observation& observation) {
  trust.begin();
  request.current_page = 1;
  while (true) {
    Result<tasks::Page> page = co_await source_->list(request);
    on_page_();
    if (!page) co_return failed(std::move(page).error(), answered_);
    answered_ = true;
    const policy::ListingDecision decision = trust.take(*page);
    const std::int64_t announced = page->total_count.value_or(0);
    pipeline_.take(std::move(*page), observation);
    switch (decision) {
      case policy::ListingDecision::next_page:
        ++*request.current_page;
        break;
      case policy::ListingDecision::repeat:
        request.current_page = 1;
        break;
      case policy::ListingDecision::give_up:
        co_return doubted(trust.doubt());
      case policy::ListingDecision::complete:
        if (trust.is_contradictory()) {
          pipeline_.violation(
              {.field = "PageInfo.TotalCount",
               .detail = fmt::format("{} announced, {} listed, twice", announced, trust.distinct())});
        }
        co_return PollReport();
    }
  }
}

asio::awaitable<PollReport> TargetPoller::look_up_missing(const tasks::Observation& observation) {
  const auto batches = policy::lookup_batches(pipeline_.missing(observation), policy::LookupLimits{});
  for (const std::vector<std::string>& batch : batches) {
    api::ListOperationProcessRequest by_id;
    by_id.page_size = page_size_;
    by_id.task_ids = batch;
    policy::ListingTrust listing;
    const PollReport report = co_await read(listing, std::move(by_id), observation);
    if (!is_complete(report)) co_return report;
  }
  co_return PollReport();
}

api::ListOperationProcessRequest TargetPoller::request() const {
  api::ListOperationProcessRequest request;
  request.page_size = page_size_;
  request.task_types = target_.task_types;
  request.task_sources = target_.task_sources;
  return request;
}

}  // namespace sas::polling
