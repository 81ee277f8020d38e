// SPDX-License-Identifier: Apache-2.0
#include "cli/columns.hpp"

#include <algorithm>
#include <cstddef>

#include "settings/text.hpp"

namespace sas::cli {

std::string in_columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> shown = rows;
  std::vector<std::size_t> widths;
  for (std::vector<std::string>& row : shown) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i] = settings::printable(row[i]);
      widths[i] = std::max(widths[i], settings::count_characters(row[i]));
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : shown) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text.append(widths[i] - settings::count_characters(row[i]) + 2, ' ');
    }
    text += '\n';
  }
  return text;
}

}  // namespace sas::cli
