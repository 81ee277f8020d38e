// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a key expires, as STS, the metadata service and others write it.

#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace sas::credentials {

/// RFC 3339: `2026-01-02T03:04:05Z`, with or without a fraction, `Z` or an offset such as `+08:00`. Nothing
/// for anything else.
std::optional<Time> parse_timestamp(std::string_view text);

}  // namespace sas::credentials
