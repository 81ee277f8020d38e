// SPDX-License-Identifier: Apache-2.0
#include "policy/cadence.hpp"

#include <algorithm>
#include <cmath>

namespace sas::policy {
namespace {

constexpr double kBetweenFirstPolls = 50;  // milliseconds

double wait_in_milliseconds(const CadenceLimits& limits, const EndedPoll& last) {
  const auto interval = static_cast<double>(limits.interval.count());
  const auto idle = static_cast<double>(limits.idle_interval.count());
  if (last.result == PollResult::complete) {
    if (last.any_absent) return interval / 2;
    return last.any_active ? interval : idle;
  }
  // Doubling from the busy rhythm on: whatever failed may have hidden an active task.
  const double longest = std::max(interval, idle);
  const unsigned doublings = std::min(last.failures == 0 ? 0U : last.failures - 1, 20U);
  return std::min(longest, std::ldexp(interval, static_cast<int>(doublings)));
}

Monotonic::duration milliseconds(double count) {
  return std::chrono::floor<Monotonic::duration>(std::chrono::duration<double, std::milli>(count));
}

}  // namespace

std::string_view to_string(PollResult result) {
  switch (result) {
    case PollResult::complete:
      return "complete";
    case PollResult::incomplete:
      return "incomplete";
    case PollResult::failed:
      return "failed";
  }
  return "failed";
}

Instant next_poll(const CadenceLimits& limits, const EndedPoll& last, double random) {
  const double factor = 1.0 + limits.jitter * (2.0 * random - 1.0);
  return std::max(last.ended, last.started + milliseconds(wait_in_milliseconds(limits, last) * factor));
}

std::uint64_t skipped_polls(const CadenceLimits& limits, const EndedPoll& last) {
  const std::chrono::duration<double, std::milli> took = last.ended - last.started;
  return static_cast<std::uint64_t>(took.count() / wait_in_milliseconds(limits, last));
}

Instant first_poll(const CadenceLimits& limits, Instant now, std::size_t index, std::size_t count) {
  const auto interval = static_cast<double>(limits.interval.count());
  const auto most = static_cast<double>(std::max<std::size_t>(count, 1));
  const double span = std::clamp(most * kBetweenFirstPolls, interval / 10, interval);
  return now + milliseconds(span * static_cast<double>(index) / most);
}

}  // namespace sas::policy
