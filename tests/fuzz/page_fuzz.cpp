// SPDX-License-Identifier: Apache-2.0
// Any bytes as an answer of ListOperationProcess: a page or an error, and a page that holds what it promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/list_operation_process.hpp"
#include "fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // Kept from input to input, as a target keeps it from page to page.
  static sas::api::ListOperationProcessDecoder decoder;
  const std::string_view body{reinterpret_cast<const char*>(bytes), size};
  const auto page = decoder.decode(body);
  if (!page) {
    sas::fuzz::require(!page.error().message.empty());
    return 0;
  }
  sas::fuzz::require(page->violations.size() <= 24);  // the fields that there are
  for (const sas::tasks::Task& task : page->tasks) {
    sas::fuzz::require(!sas::tasks::shown_id(task.id).empty());
    for (const auto& time : {task.create_time, task.start_time, task.end_time}) {
      sas::fuzz::require(!time || time->time_since_epoch().count() > 0);
    }
  }
  // What the decoder learned from other answers does not change what it reads in this one.
  sas::api::ListOperationProcessDecoder fresh;
  const auto again = fresh.decode(body);
  sas::fuzz::require(again && again->tasks == page->tasks &&
                     again->violations.size() == page->violations.size());
  return 0;
}
