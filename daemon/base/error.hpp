// SPDX-License-Identifier: Apache-2.0
#pragma once
// What went wrong, as a value. Its kind says what the caller should do next, its cause says why in the words
// that logs and metrics use; nobody parses the message.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sas {

enum class ErrorKind : std::uint8_t {
  retry,    // transient: the same call may succeed after a backoff
  wait,     // the other side asked for a pause: wait `retry_after` or a backoff, then call again
  give_up,  // the same call fails until somebody changes something
  bug,      // this program is wrong
};

enum class ErrorCause : std::uint8_t {
  transport,      // no connection, or it broke
  timeout,        // a deadline of ours passed
  tls,            // handshake, certificate or host name
  throttled,      // the service counts our calls
  suspended,      // not asked: the service has kept failing, and is left alone for a while
  clock,          // the service does not accept our time
  signature,      // the service computes another signature, or has seen our nonce
  key,            // unknown, inactive or malformed access key
  token,          // expired or mismatched security token
  permission,     // the identity may not do this
  parameter,      // the service does not like what was asked
  server,         // the service's own fault
  not_json,       // the answer is not the JSON object that was expected
  contract,       // JSON, but not in the shape that the API documents
  configuration,  // settings, files, environment
  cancelled,      // we are stopping
  internal,       // none of the above: ours
};

struct Error {
  ErrorKind kind = ErrorKind::bug;
  ErrorCause cause = ErrorCause::internal;
  std::string message;          // one sentence for a person; never holds a secret
  std::string code = {};        // the API's Code, if it gave one
  std::string request_id = {};  // the API's RequestId, if it gave one
  unsigned http_status = 0;     // 0: there was no answer
  std::optional<std::chrono::milliseconds> retry_after = {};  // asked for by the service
};

std::string_view to_string(ErrorKind kind);
std::string_view to_string(ErrorCause cause);

/// One line: cause, message, and code, status and RequestId where there are any.
std::string to_string(const Error& error);

}  // namespace sas
