// SPDX-License-Identifier: Apache-2.0
#pragma once
// ListOperationProcessDetail of Sas 2018-12-03: the subtasks of tasks, typed.
// Source: the API's reference page of the same name.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/query.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "tasks/observation.hpp"
#include "tasks/task.hpp"

namespace sas::api {

constexpr std::string_view kListOperationProcessDetail = "ListOperationProcessDetail";

/// A subtask's fifth code; the others are a task's.
constexpr tasks::StatusCode kSubtaskFailed = 4;

struct ListOperationProcessDetailRequest {
  std::optional<std::int32_t> current_page;  // from 1, which is the default
  std::optional<std::int32_t> page_size;
  std::optional<Time> start_time;
  std::optional<Time> end_time;
  std::vector<tasks::StatusCode> status_codes;  // empty: all
  std::vector<std::string>
      task_ids;      // of tasks, to the letter; the service refuses a call without (CspmParamIllegal)
  std::string lang;  // of the checks' names: zh (the default) or en
};

Query encode(const ListOperationProcessDetailRequest& request);

/// A thing that the subtask checks.
struct Check {
  std::optional<std::int64_t> id;
  std::string show_name;

  friend bool operator==(const Check&, const Check&) = default;
};

struct Subtask {
  std::string id;  // DetailTaskId
  std::string
      task_id;  // TaskId: of the task that it is part of, as far as the documentation can be understood
  tasks::StatusCode status_code = tasks::kNotStarted;
  std::optional<std::int64_t> asset_vendor;
  std::optional<std::int64_t> asset_type;
  std::optional<std::int64_t> asset_sub_type;
  std::optional<Time> create_time;
  std::optional<Time> start_time;
  std::optional<Time> end_time;
  std::vector<Check> checks;

  friend bool operator==(const Subtask&, const Subtask&) = default;
};

struct SubtaskPage {
  std::string request_id;
  std::optional<std::int64_t> current_page;
  std::optional<std::int64_t> page_size;
  std::optional<std::int64_t> total_count;
  std::optional<std::int64_t> count;
  std::vector<Subtask> subtasks;
  std::vector<tasks::Violation> violations;
};

/// As ListOperationProcessDecoder. A row that has neither id is left out.
class ListOperationProcessDetailDecoder {
 public:
  ListOperationProcessDetailDecoder();
  ListOperationProcessDetailDecoder(ListOperationProcessDetailDecoder&&) noexcept;
  ListOperationProcessDetailDecoder& operator=(ListOperationProcessDetailDecoder&&) noexcept;
  ~ListOperationProcessDetailDecoder();

  Result<SubtaskPage> decode(std::string_view body);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sas::api
