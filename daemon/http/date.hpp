// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Date header (RFC 9110, section 5.6.7), in the one form that may be sent today.

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace sas::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`; nothing for anything else. The weekday is not checked.
std::optional<Time> parse_date(std::string_view text);

}  // namespace sas::http
