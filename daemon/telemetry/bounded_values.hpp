// SPDX-License-Identifier: Apache-2.0
#pragma once
// Label values that others choose (task types, error codes, field names) must not make series without end:
// the first so many are themselves, the rest are `other`.

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

namespace sas::telemetry {

class BoundedValues {
 public:
  static constexpr std::size_t kMost = 64;

  /// The value, or `other`.
  std::string operator()(std::string_view value) {
    if (values_.contains(value)) return std::string(value);
    return *values_.emplace(values_.size() < kMost ? value : "other").first;
  }

  /// All that were given out so far.
  [[nodiscard]] const std::set<std::string, std::less<>>& given() const { return values_; }

 private:
  std::set<std::string, std::less<>> values_;
};

}  // namespace sas::telemetry
