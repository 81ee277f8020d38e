// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one poll of each target saw, as JSON for a script.

#include <string>
#include <vector>

#include "app/look.hpp"

namespace sas::cli {

/// `{"targets":[{"target":…,"endpoint":…,"polled_at":…,"result":…,"trouble":…,"tasks":[…]}]}` and a line end.
/// Times are RFC 3339 with milliseconds; what the API did not give is null.
std::string looks_json(const std::vector<app::Look>& looks);

}  // namespace sas::cli
