// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules for where the daemon's pages are seen. See checks.hpp.

#include <optional>
#include <string_view>

#include "settings/expand.hpp"

namespace sas::settings {

/// `https://host[:port][/path]`, or the path alone, beginning with a slash.
std::optional<Problem> check_external_url(std::string_view text);

/// A path, with or without slashes at its ends.
std::optional<Problem> check_route_prefix(std::string_view text);

}  // namespace sas::settings
