// SPDX-License-Identifier: Apache-2.0
#include "api/query.hpp"

#include <fmt/format.h>

namespace sas::api {
namespace {

template <class Value>
void add_list(Query& query, std::string_view name, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    query.push_back({.name = fmt::format("{}.{}", name, i + 1), .value = fmt::format("{}", values[i])});
  }
}

}  // namespace

void add(Query& query, std::string_view name, const std::optional<std::int32_t>& value) {
  if (value) query.push_back({.name = std::string{name}, .value = std::to_string(*value)});
}

void add(Query& query, std::string_view name, const std::optional<Time>& value) {
  if (!value) return;
  query.push_back({.name = std::string{name}, .value = std::to_string(value->time_since_epoch().count())});
}

void add(Query& query, std::string_view name, const std::string& value) {
  if (!value.empty()) query.push_back({.name = std::string{name}, .value = value});
}

void add(Query& query, std::string_view name, const std::vector<std::int32_t>& values) {
  add_list(query, name, values);
}

void add(Query& query, std::string_view name, const std::vector<std::string>& values) {
  add_list(query, name, values);
}

}  // namespace sas::api
