// SPDX-License-Identifier: Apache-2.0
#pragma once
// A command line taken apart into words, since no shell does it.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sas::credentials {

/// Words apart by blanks. Within '…' all is literal; within "…" a backslash keeps `"` and `\`, elsewhere it
/// keeps whatever comes next. Nothing is expanded. Errors: a quote that does not close, no word at all.
Result<std::vector<std::string>> split_command(std::string_view command);

}  // namespace sas::credentials
