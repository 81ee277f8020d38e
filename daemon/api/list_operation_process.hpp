// SPDX-License-Identifier: Apache-2.0
#pragma once
// ListOperationProcess of Sas 2018-12-03: what can be asked, and the page that comes back.
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

namespace sas::api {

constexpr std::string_view kListOperationProcess = "ListOperationProcess";

/// What Task.status_code is where the answer has no StatusCode that can be read: neither active nor ended.
constexpr tasks::StatusCode kStatusNotGiven = -1;

struct ListOperationProcessRequest {
  std::optional<std::int32_t> current_page;  // from 1
  std::optional<std::int32_t> page_size;
  std::optional<Time> start_time;  // lower bound of the task's creation
  std::optional<Time>
      end_time;  // upper bound of its completion: hides what has not ended, so the daemon never sends it
  std::vector<tasks::StatusCode> status_codes;  // empty: all
  std::vector<std::string> task_ids;            // to the letter
  std::vector<std::string> task_sources;
  std::vector<std::string> task_types;
};

Query encode(const ListOperationProcessRequest& request);

/// Decodes answers of ListOperationProcess. Keeps its buffers, so one decoder a target saves their allocation
/// a page. Whatever the shape, what can be read is read; what the API does not document becomes a Violation
/// of the page, one a field, with the number of times. A row without a TaskId is left out: nothing could be
/// done with it. An error only where the body is not JSON (`not_json`), has no `Processes` to read
/// (`contract`), or tells of a failure in spite of its status 200 (then as classify() says).
class ListOperationProcessDecoder {
 public:
  ListOperationProcessDecoder();
  ListOperationProcessDecoder(ListOperationProcessDecoder&&) noexcept;
  ListOperationProcessDecoder& operator=(ListOperationProcessDecoder&&) noexcept;
  ~ListOperationProcessDecoder();

  Result<tasks::Page> decode(std::string_view body);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace sas::api
