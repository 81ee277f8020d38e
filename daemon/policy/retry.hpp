// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a call that failed is made again, and when.

#include <cstdint>
#include <span>

#include "base/error.hpp"
#include "base/time.hpp"
#include "policy/backoff.hpp"

namespace sas::policy {

struct RetryPolicy {
  int max_retries = 3;                // after the first attempt
  Milliseconds longest_wait{30'000};  // a service that wants a longer pause is left alone until the next poll
  Backoff backoff = {};
};

struct RetryDecision {
  enum class Kind : std::uint8_t {
    again,    // after `wait`
    give_up,  // the error is what the caller gets
  };
  Kind kind = Kind::give_up;
  Milliseconds wait{};

  friend bool operator==(const RetryDecision&, const RetryDecision&) = default;
};

/// After the failure `error` of a call whose attempts before had failed for the causes `earlier`. `random`
/// lies in [0, 1). A pause that the service asks for is kept to; a clock that is off, or a token that has
/// expired, is put right once by trying again at once, as is a nonce that the service has seen, with a fresh
/// one.
RetryDecision retry(const RetryPolicy& policy, std::span<const ErrorCause> earlier, const Error& error,
                    double random);

}  // namespace sas::policy
