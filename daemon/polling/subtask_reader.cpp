// SPDX-License-Identifier: Apache-2.0
#include "polling/subtask_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "policy/listing_trust.hpp"

namespace sas::polling {
namespace {

// The names of the checks are for people who read alerts, and alerts are in English.
constexpr const char* kLanguage = "en";

// Rows without an id count, too, and nothing tells two of them apart but where they stand.
void name_the_nameless(tasks::SubtaskPage& page, std::int32_t number) {
  for (std::size_t row = 0; row < page.subtasks.size(); ++row) {
    tasks::Subtask& subtask = page.subtasks[row];
    if (tasks::shown_id(subtask.id).empty()) subtask.id = fmt::format("row {} of page {}", row + 1, number);
  }
}

void add(std::vector<tasks::Violation>& to, const tasks::Violation& violation) {
  const auto known = std::find_if(to.begin(), to.end(), [&violation](const tasks::Violation& other) {
    return other.field == violation.field;
  });
  if (known == to.end()) {
    to.push_back(violation);
  } else {
    known->count += violation.count;
  }
}

Error refusal(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::contract, .message = std::move(message)};
}

// What has been read of one task's list, and what to do next.
class Reading {
 public:
  Reading() { trust_.begin(); }

  Result<policy::ListingDecision> take(tasks::SubtaskPage page, std::int32_t number) {
    announced_ = page.total_count.value_or(0);
    for (const tasks::Violation& violation : page.violations)
      add(read_.violations, violation);
    name_the_nameless(page, number);
    const policy::ListingDecision decision = trust_.take(page);
    if (std::max<std::int64_t>(announced_, static_cast<std::int64_t>(trust_.distinct())) > kMost)
      return refusal(fmt::format("more than {} subtasks", kMost));
    // A list without an end has none the second time either.
    const bool endless = trust_.doubt() == policy::ListingDoubt::too_long;
    if (decision == policy::ListingDecision::give_up || endless)
      return refusal(fmt::format("the list of subtasks is not whole: {}", policy::to_string(trust_.doubt())));
    tally_.add(page);
    return decision;
  }

  SubtasksRead take_all() {
    if (trust_.is_contradictory()) {
      add(read_.violations,
          {.field = "PageInfo.TotalCount",
           .detail = fmt::format("{} announced, {} listed, twice", announced_, trust_.distinct())});
    }
    read_.summary = tally_.take();
    return std::move(read_);
  }

 private:
  static constexpr auto kMost = static_cast<std::int64_t>(kMostSubtasks);

  policy::ListingTrust trust_{kMostSubtaskPages};
  tasks::SubtaskTally tally_;
  SubtasksRead read_;
  std::int64_t announced_ = 0;
};

}  // namespace

asio::awaitable<Result<SubtasksRead>> read_subtasks(cloud::OperationsSource& source, std::string task_id,
                                                    int page_size, OnAnswer on_answer) {
  api::ListOperationProcessDetailRequest request;
  request.current_page = 1;
  request.page_size = page_size;
  request.task_ids = {std::move(task_id)};
  request.lang = kLanguage;
  Reading reading;
  while (true) {
    Result<tasks::SubtaskPage> page = co_await source.list_details(request);
    on_answer();
    if (!page) co_return std::move(page).error();
    const Result<policy::ListingDecision> decision = reading.take(std::move(*page), *request.current_page);
    if (!decision) co_return decision.error();
    if (*decision == policy::ListingDecision::complete) co_return reading.take_all();
    request.current_page = *decision == policy::ListingDecision::repeat ? 1 : *request.current_page + 1;
  }
}

}  // namespace sas::polling
