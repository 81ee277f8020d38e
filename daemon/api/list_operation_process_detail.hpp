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
#include "tasks/subtasks.hpp"
#include "tasks/task.hpp"

namespace sas::api {

constexpr std::string_view kListOperationProcessDetail = "ListOperationProcessDetail";

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

/// As ListOperationProcessDecoder. A row that has neither id is left out.
class ListOperationProcessDetailDecoder {
 public:
  ListOperationProcessDetailDecoder();
  ListOperationProcessDetailDecoder(ListOperationProcessDetailDecoder&&) noexcept;
  ListOperationProcessDetailDecoder& operator=(ListOperationProcessDetailDecoder&&) noexcept;
  ~ListOperationProcessDetailDecoder();

  Result<tasks::SubtaskPage> decode(std::string_view body);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sas::api
