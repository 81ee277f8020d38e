// SPDX-License-Identifier: Apache-2.0
#include "policy/retry.hpp"

#include <algorithm>

namespace sas::policy {
namespace {

constexpr RetryDecision kGiveUp{.kind = RetryDecision::Kind::give_up, .wait = Milliseconds{0}};

RetryDecision again_after(Milliseconds wait) {
  return {.kind = RetryDecision::Kind::again, .wait = wait};
}

// A new attempt has another date, nonce and key. If that does not help, waiting does not either.
bool is_put_right_by_signing_anew(ErrorCause cause) {
  return cause == ErrorCause::clock || cause == ErrorCause::token || cause == ErrorCause::key ||
         cause == ErrorCause::signature;
}

}  // namespace

RetryDecision retry(const RetryPolicy& policy, std::span<const ErrorCause> earlier, const Error& error,
                    double random) {
  if (error.kind != ErrorKind::retry && error.kind != ErrorKind::wait) return kGiveUp;
  if (std::ssize(earlier) >= policy.max_retries) return kGiveUp;
  if (is_put_right_by_signing_anew(error.cause)) {
    const bool tried = std::ranges::find(earlier, error.cause) != earlier.end();
    return tried ? kGiveUp : again_after(Milliseconds{0});
  }
  const Milliseconds wait =
      error.retry_after.value_or(backoff(policy.backoff, static_cast<int>(earlier.size()) + 1, random));
  return wait <= policy.longest_wait ? again_after(wait) : kGiveUp;
}

}  // namespace sas::policy
