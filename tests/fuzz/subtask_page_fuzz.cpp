// SPDX-License-Identifier: Apache-2.0
// Any bytes as an answer of ListOperationProcessDetail.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/list_operation_process_detail.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static sas::api::ListOperationProcessDetailDecoder decoder;
  const auto page = decoder.decode({reinterpret_cast<const char*>(bytes), size});
  if (!page) {
    sas::fuzz::require(!page.error().message.empty());
    return 0;
  }
  sas::fuzz::require(page->violations.size() <= 24);
  for (const sas::tasks::Subtask& subtask : page->subtasks) {
    sas::fuzz::require(!sas::tasks::shown_id(subtask.id).empty() ||
                       !sas::tasks::shown_id(subtask.task_id).empty());
  }
  return 0;
}
