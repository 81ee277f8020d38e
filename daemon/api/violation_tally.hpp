// SPDX-License-Identifier: Apache-2.0
#pragma once
// Collects an answer's breaches of the contract. A service that gets one field wrong gets it wrong in each
// row: so a field has one entry a page, with the first case in words and the number of all, and ten thousand
// bad rows stay one line.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tasks/observation.hpp"

namespace sas::api {

class ViolationTally {
 public:
  /// `describe()` gives the words; it is called for a field's first case only.
  template <class Describe>
  void add(std::string_view field, Describe describe) {
    if (tasks::Violation* known = find(field)) {
      ++known->count;
    } else {
      found_.push_back({.field = std::string{field}, .detail = describe(), .count = 1});
    }
  }

  /// The entries made since `size()` was `mark` happened `where`: said once it is known.
  void locate(std::size_t mark, std::string_view where);

  [[nodiscard]] std::size_t size() const { return found_.size(); }
  [[nodiscard]] std::vector<tasks::Violation> take() { return std::exchange(found_, {}); }

 private:
  tasks::Violation* find(std::string_view field);

  std::vector<tasks::Violation> found_;  // in the order of the first cases; there are few fields
};

}  // namespace sas::api
