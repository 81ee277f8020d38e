// SPDX-License-Identifier: Apache-2.0
#include "doctor/budget_check.hpp"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "doctor/phrases.hpp"

namespace sas::doctor {
namespace {

using Seconds = std::chrono::duration<double>;

// A poll reads two lists, the active tasks and the recent ones, each of which has a page at least.
constexpr std::size_t kCallsPerPoll = 2;

}  // namespace

Check budget_check(const settings::Poll& poll, std::optional<std::size_t> sharing) {
  const double allowed = poll.max_requests_per_second * Seconds(poll.interval).count();
  const std::size_t targets = sharing.value_or(1);
  const auto needed = static_cast<double>(targets * kCallsPerPoll);
  Check check{.step = Step::budget,
              .finding = fmt::format(
                  "a poll takes {} calls at least, {} targets share the key: {} of the {:g} that {} a second "
                  "allow in {}",
                  kCallsPerPoll, targets, needed, std::floor(allowed), poll.max_requests_per_second,
                  format_duration(poll.interval)),
              .facts = {{"max_requests_per_second", number_fact(poll.max_requests_per_second)},
                        {"interval_seconds", number_fact(Seconds(poll.interval).count())},
                        {"least_calls_per_poll", kCallsPerPoll},
                        {"targets_sharing_key", nullptr}}};
  if (sharing) check.facts["targets_sharing_key"] = *sharing;
  if (targets == 1) {
    check.finding =
        fmt::format("a poll takes {} calls at least, of the {:g} that {} a second allow in {}", kCallsPerPoll,
                    std::floor(allowed), poll.max_requests_per_second, format_duration(poll.interval));
  }
  if (needed <= allowed) return check;
  const double longer = std::ceil(needed / poll.max_requests_per_second);
  const double more = needed / Seconds(poll.interval).count();
  check.status = Status::warning;
  check.remedy = fmt::format(
      "Polls will come later than poll.interval says: raise it to {:g}s or more, or "
      "poll.max_requests_per_second to {:.2g} or more if the account's quota allows that.",
      longer, std::ceil(more * 10) / 10);
  return check;
}

}  // namespace sas::doctor
