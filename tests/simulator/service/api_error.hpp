// SPDX-License-Identifier: Apache-2.0
#pragma once
// The errors that the API answers with, and what is usual for each code.

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace sas::simulator {

struct ApiError {
  unsigned status = 400;
  std::string code;
  std::string message;
  std::optional<Milliseconds> retry_after;  // sent as x-acs-retry-after
};

/// With the status and message that are documented or seen for the code; `detail` follows the message where
/// it says more. Unknown codes: 400.
ApiError api_error(std::string_view code, std::string_view detail = "");

/// The JSON object {RequestId, HostId, Code, Message, Recommend}.
std::string error_body(const ApiError& error, std::string_view request_id, std::string_view host);

}  // namespace sas::simulator
