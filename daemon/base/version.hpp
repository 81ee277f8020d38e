// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which build this is.

#include <string_view>

namespace sas {

/// `0.1.0`
std::string_view version();

/// The git commit that was checked out when the build was configured, in 12 digits; `unknown` outside git.
std::string_view revision();

}  // namespace sas
