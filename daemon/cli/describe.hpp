// SPDX-License-Identifier: Apache-2.0
#pragma once
// From the parser of the command line to its description.

#include <CLI/App.hpp>

#include "cli/description.hpp"

namespace sas::cli {

/// Values that are one of a few are called `a|b|c`.
Description describe(const CLI::App& app);

}  // namespace sas::cli
