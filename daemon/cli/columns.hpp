// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rows of text as columns, for a person to read.

#include <string>
#include <vector>

namespace sas::cli {

/// One line a row, each cell as wide as the widest of its column, two spaces between. A cell stays on its
/// line whatever it holds.
std::string in_columns(const std::vector<std::vector<std::string>>& rows);

}  // namespace sas::cli
