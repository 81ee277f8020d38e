// SPDX-License-Identifier: Apache-2.0
#include "settings/mistake.hpp"

#include <fmt/format.h>

namespace sas::settings {

std::string to_string(const Mistake& mistake, std::string_view file) {
  std::string text{file};
  if (mistake.at.line > 0) text += fmt::format(":{}:{}", mistake.at.line, mistake.at.column);
  if (!mistake.key.empty()) text += fmt::format(": {}", mistake.key);
  return text + ": " + mistake.problem;
}

}  // namespace sas::settings
