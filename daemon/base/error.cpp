// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <fmt/format.h>

namespace sas {

std::string_view to_string(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::retry:
      return "retry";
    case ErrorKind::wait:
      return "wait";
    case ErrorKind::give_up:
      return "give_up";
    case ErrorKind::bug:
      return "bug";
  }
  return "bug";
}

std::string_view to_string(ErrorCause cause) {
  switch (cause) {
    case ErrorCause::transport:
      return "transport";
    case ErrorCause::timeout:
      return "timeout";
    case ErrorCause::tls:
      return "tls";
    case ErrorCause::throttled:
      return "throttled";
    case ErrorCause::suspended:
      return "suspended";
    case ErrorCause::clock:
      return "clock";
    case ErrorCause::signature:
      return "signature";
    case ErrorCause::key:
      return "key";
    case ErrorCause::token:
      return "token";
    case ErrorCause::permission:
      return "permission";
    case ErrorCause::parameter:
      return "parameter";
    case ErrorCause::server:
      return "server";
    case ErrorCause::not_json:
      return "not_json";
    case ErrorCause::contract:
      return "contract";
    case ErrorCause::configuration:
      return "configuration";
    case ErrorCause::cancelled:
      return "cancelled";
    case ErrorCause::internal:
      return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  std::string line = fmt::format("{}: {}", to_string(error.cause), error.message);
  if (!error.code.empty()) line += fmt::format(" (code {})", error.code);
  if (error.http_status != 0) line += fmt::format(" (HTTP {})", error.http_status);
  if (!error.request_id.empty()) line += fmt::format(" (RequestId {})", error.request_id);
  return line;
}

}  // namespace sas
