// SPDX-License-Identifier: Apache-2.0
#pragma once
// Classifies an answer that tells of a failure: by its Code first, by the HTTP status where the Code says
// nothing.

#include <chrono>
#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace sas::api {

struct FailedAnswer {
  unsigned http_status = 0;
  std::string_view body;  // JSON, XML, HTML or nothing
  std::string_view content_type;
  std::string_view request_id_header;  // x-acs-request-id: the fallback for the body's RequestId
  std::optional<std::chrono::milliseconds> retry_after;  // x-acs-retry-after, where it is a positive number
};

/// The value of x-acs-retry-after, which is in milliseconds.
std::optional<std::chrono::milliseconds> read_retry_after(std::string_view text);

/// Never fails: an unreadable body still gives an Error with the status and the first bytes. Tokens,
/// signatures and canonical requests that the service repeats in its message are cut out. `retry_after` makes
/// it throttling, unless the Code says that no pause will help. `clock` and `token` are of kind `retry`, but
/// worth one more attempt only: after the clock is corrected or the token renewed.
Error classify(const FailedAnswer& answer);

}  // namespace sas::api
