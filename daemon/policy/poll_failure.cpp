// SPDX-License-Identifier: Apache-2.0
#include "policy/poll_failure.hpp"

namespace sas::policy {

std::string_view to_string(PollFailure failure) {
  switch (failure) {
    case PollFailure::auth:
      return "auth";
    case PollFailure::permission:
      return "permission";
    case PollFailure::throttled:
      return "throttled";
    case PollFailure::network:
      return "network";
    case PollFailure::server:
      return "server";
    case PollFailure::contract:
      return "contract";
  }
  return "server";
}

PollFailure poll_failure(std::string_view name) {
  for (const PollFailure failure : kPollFailures) {
    if (to_string(failure) == name) return failure;
  }
  return PollFailure::server;
}

std::optional<PollFailure> failure_of(const std::optional<Error>& error) {
  if (!error) return PollFailure::contract;
  switch (error->cause) {
    case ErrorCause::key:
    case ErrorCause::token:
    case ErrorCause::signature:
    case ErrorCause::clock:
    case ErrorCause::configuration:  // this machine has no key
      return PollFailure::auth;
    case ErrorCause::permission:
      return PollFailure::permission;
    case ErrorCause::throttled:
      return PollFailure::throttled;
    case ErrorCause::transport:
    case ErrorCause::timeout:
    case ErrorCause::tls:
      return PollFailure::network;
    case ErrorCause::parameter:
    case ErrorCause::not_json:
    case ErrorCause::contract:
      return PollFailure::contract;
    case ErrorCause::suspended:
    case ErrorCause::cancelled:
      return std::nullopt;
    case ErrorCause::server:
    case ErrorCause::internal:
      break;
  }
  return PollFailure::server;
}

}  // namespace sas::policy
