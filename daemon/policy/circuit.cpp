// SPDX-License-Identifier: Apache-2.0
#include "policy/circuit.hpp"

namespace sas::policy {

bool is_outage(const Error& error) {
  switch (error.cause) {
    case ErrorCause::transport:
    case ErrorCause::timeout:
    case ErrorCause::tls:
    case ErrorCause::server:
    case ErrorCause::not_json:
      return true;
    default:
      return false;
  }
}

bool Circuit::admits(Instant now) {
  if (!open_until_) return true;
  if (on_trial_ || now < *open_until_) return false;
  on_trial_ = true;
  return true;
}

bool Circuit::succeeded() {
  const bool was_open = open_until_.has_value();
  failures_ = 0;
  openings_ = 0;
  on_trial_ = false;
  open_until_.reset();
  return was_open;
}

bool Circuit::failed(Instant now, double random) {
  const bool was_open = open_until_.has_value();
  on_trial_ = false;
  if (++failures_ < limits_.failures) return false;
  // At least half the pause: without any, an outage would be no different with a circuit and without.
  open_until_ = now + backoff(limits_.pause, ++openings_, 0.5 + random / 2);
  return !was_open;
}

}  // namespace sas::policy
