// SPDX-License-Identifier: Apache-2.0
#pragma once
// When to look again: often while something is active, seldom while nothing is, sooner while a task
// cannot be found, later and later while polls fail, and never all targets at the same moment.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace sas::policy {

enum class PollResult : std::uint8_t {
  complete,    // the whole list was read
  incomplete,  // some of it was
  failed,      // nothing came back that can be used
};

std::string_view to_string(PollResult result);

struct CadenceLimits {
  Milliseconds interval{};       // while a task is active
  Milliseconds idle_interval{};  // while none is; also the longest wait after failures
  double jitter = 0;             // each wait is longer or shorter by up to this fraction
};

struct EndedPoll {
  Instant started;
  Instant ended;
  PollResult result = PollResult::failed;
  bool any_active = false;
  bool any_absent = false;  // an active task was neither listed nor found by its id: news is to be expected
  unsigned failures = 0;    // polls in a row, this one included, that did not complete
};

/// When the next poll starts. Counted from the start of the last one, so a long poll does not stretch the
/// rhythm, but never before it has ended. `random` lies in [0, 1).
Instant next_poll(const CadenceLimits& limits, const EndedPoll& last, double random);

/// How many polls would have started, in the rhythm without jitter, while this one still ran: they are
/// skipped, never made up for.
std::uint64_t skipped_polls(const CadenceLimits& limits, const EndedPoll& last);

/// When a target is first polled, the first at once: `count` targets are spread over a tenth of the interval;
/// over more where they are so many that twenty would begin in a second, but never over more than the
/// interval.
Instant first_poll(const CadenceLimits& limits, Instant now, std::size_t index, std::size_t count);

}  // namespace sas::policy
