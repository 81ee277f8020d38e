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

#include "base/result.hpp"
#include "base/time.hpp"
#include "tasks/observation.hpp"

namespace sas::api {

/// A query as names and values, arrays already flattened (`StatusCodes.1`), in no particular order, not percent-encoded.
struct QueryParameter {
  std::string name;
  std::string value;

  friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};
using Query = std::vector<QueryParameter>;

constexpr std::string_view kVersion = "2018-12-03";
constexpr std::string_view kListOperationProcess = "ListOperationProcess";

struct ListOperationProcessRequest {
  std::optional<std::int32_t> current_page;  // from 1
  std::optional<std::int32_t> page_size;
  std::optional<Time> start_time;  // lower bound of the task's creation
  std::optional<Time> end_time;    // upper bound of its completion: hides what has not ended, so the daemon never sends it
  std::vector<tasks::StatusCode> status_codes;  // empty: all
  std::vector<std::string> task_ids;            // to the letter
  std::vector<std::string> task_sources;
  std::vector<std::string> task_types;
};

Query encode(const ListOperationProcessRequest& request);

/// Decodes answers of ListOperationProcess. Keeps its buffers, so one decoder a target saves their allocation a page.
/// Whatever the shape, what can be read is read; what the API does not document becomes a Violation of the page. An
/// error only where the body is not JSON (`not_json`) or has no `Processes` to read (`contract`).
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
