// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parameters of a call as the service wants them: names and values, arrays flattened.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace sas::api {

constexpr std::string_view kVersion = "2018-12-03";

/// Arrays already flattened (`StatusCodes.1`), not percent-encoded.
struct QueryParameter {
  std::string name;
  std::string value;

  friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};

/// In no particular order.
using Query = std::vector<QueryParameter>;

/// What is absent or empty is not sent. Times go as milliseconds since 1970, lists as `Name.1`, `Name.2`, ….
void add(Query& query, std::string_view name, const std::optional<std::int32_t>& value);
void add(Query& query, std::string_view name, const std::optional<Time>& value);
void add(Query& query, std::string_view name, const std::string& value);
void add(Query& query, std::string_view name, const std::vector<std::int32_t>& values);
void add(Query& query, std::string_view name, const std::vector<std::string>& values);

}  // namespace sas::api
