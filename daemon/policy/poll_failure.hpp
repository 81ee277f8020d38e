// SPDX-License-Identifier: Apache-2.0
#pragma once
// Why polls of a target fail, in the few words that tell a person whose turn it is.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/time.hpp"

namespace sas::policy {

enum class PollFailure : std::uint8_t {
  auth,        // no key, or one that the service does not take; a clock that it does not believe
  permission,  // the identity may not list
  throttled,   // too many calls
  network,     // no connection, no answer in time, no trust
  server,      // the service's own fault
  contract,    // answers that make no sense, or no whole list
};
inline constexpr std::array<PollFailure, 6> kPollFailures{PollFailure::auth,      PollFailure::permission,
                                                          PollFailure::throttled, PollFailure::network,
                                                          PollFailure::server,    PollFailure::contract};

std::string_view to_string(PollFailure failure);

/// The failure of that name; `server` where there is none of it.
PollFailure poll_failure(std::string_view name);

/// By the error of the call that failed; without one, the list itself made no sense. Nothing where the
/// service was left alone and so nothing new is known.
std::optional<PollFailure> failure_of(const std::optional<Error>& error);

/// Polls that have failed, in a row.
struct PollTrouble {
  Time since;  // start of the first
  PollFailure failure = PollFailure::server;
  std::string detail;  // of the last, in a line
};

}  // namespace sas::policy
