// SPDX-License-Identifier: Apache-2.0
#include "api/violation_tally.hpp"

#include <algorithm>

namespace sas::api {

void ViolationTally::locate(std::size_t mark, std::string_view where) {
  for (; mark < found_.size(); ++mark) {
    found_[mark].detail.append(", ").append(where);
  }
}

tasks::Violation* ViolationTally::find(std::string_view field) {
  const auto known = std::ranges::find(found_, field, &tasks::Violation::field);
  return known == found_.end() ? nullptr : &*known;
}

}  // namespace sas::api
