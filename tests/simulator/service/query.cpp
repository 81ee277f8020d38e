// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/query.hpp"

#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sas::simulator {
namespace {

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || text.empty() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Takes parameters out by name and remembers the first that is not legal.
class Reading {
 public:
  explicit Reading(const Parameters& parameters) : parameters_(parameters) {}

  void positive(std::string_view name, std::int32_t& into) {
    if (const auto number = one<std::int32_t>(name)) {
      if (*number < 1) illegal_ = name;
      into = *number;
    }
  }

  void time(std::string_view name, std::optional<Time>& into) {
    const auto number = one<std::int64_t>(name);
    if (number) into = Time{Milliseconds{*number}};
  }

  /// `Name.1`, `Name.2`, … in the order of their numbers, gaps allowed.
  std::vector<std::string> texts(std::string_view name) {
    std::map<std::uint32_t, std::string> found;
    for (const auto& [key, value] : parameters_) {
      if (!key.starts_with(name) || key.substr(name.size(), 1) != ".") continue;
      if (const auto index = whole_number<std::uint32_t>(std::string_view(key).substr(name.size() + 1))) {
        found[*index] = value;
      } else {
        illegal_ = name;
      }
    }
    std::vector<std::string> values;
    for (auto& [index, value] : found)
      values.push_back(std::move(value));
    return values;
  }

  std::vector<StatusCode> codes(std::string_view name) {
    std::vector<StatusCode> codes;
    for (const std::string& text : texts(name)) {
      if (const auto code = whole_number<StatusCode>(text))
        codes.push_back(*code);
      else
        illegal_ = name;
    }
    return codes;
  }

  [[nodiscard]] std::optional<ApiError> failure() const {
    if (illegal_.empty()) return std::nullopt;
    return api_error("CspmParamIllegal", std::string(illegal_) + ".");
  }

 private:
  template <class Number>
  std::optional<Number> one(std::string_view name) {
    for (const auto& [key, value] : parameters_) {
      if (key != name) continue;
      const auto number = whole_number<Number>(value);
      if (!number) illegal_ = name;
      return number;
    }
    return std::nullopt;
  }

  const Parameters& parameters_;
  std::string_view illegal_;
};

template <class Query>
void read_common(Reading& reading, Query& query) {
  reading.positive("CurrentPage", query.current_page);
  reading.positive("PageSize", query.page_size);
  reading.time("StartTime", query.start_time);
  reading.time("EndTime", query.end_time);
  query.status_codes = reading.codes("StatusCodes");
  query.task_ids = reading.texts("TaskIds");
}

}  // namespace

std::variant<ListQuery, ApiError> read_list_query(const Parameters& parameters) {
  Reading reading(parameters);
  ListQuery query;
  read_common(reading, query);
  query.task_sources = reading.texts("TaskSources");
  query.task_types = reading.texts("TaskTypes");
  if (auto failure = reading.failure()) return *failure;
  return query;
}

std::variant<DetailQuery, ApiError> read_detail_query(const Parameters& parameters) {
  Reading reading(parameters);
  DetailQuery query;
  read_common(reading, query);
  if (auto failure = reading.failure()) return *failure;
  if (query.task_ids.empty()) return api_error("CspmParamIllegal", "TaskIds.");
  return query;
}

}  // namespace sas::simulator
