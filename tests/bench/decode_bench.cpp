// SPDX-License-Identifier: Apache-2.0
// Decoding a whole list in pages of 100 tasks, beside a plain copy of the same bytes.

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "api/list_operation_process.hpp"

namespace {

constexpr std::int64_t kPageSize = 100;

// What the service sends: no white space, all eleven fields, ids as long as UUIDs.
std::string row(std::int64_t number) {
  constexpr const char* kTypes[] = {"CHECK_ALL", "CHECK_POLICY", "CHECK_SCHEDULE", "CHECK_ITEM",
                                    "CHECK_INSTANCE"};
  const std::int64_t created = 1'767'323'045'000 + number * 977;
  return fmt::format(
      R"({{"TotalCount":{},"FinishCount":{},"TaskId":"3d7a1b68-599f-4e16-9b45-{:012x}","StatusCode":{},)"
      R"("StartTime":{},"EndTime":{},"CreateTime":{},"TaskType":"{}","TaskSource":"YAO_CHI",)"
      R"("DetailTaskTotalCount":{},"DetailTaskReadyCount":{}}})",
      337 + number % 1000, 197 + number % 300, number, number % 4, created + 1500, created + 90'000, created,
      kTypes[number % 5], 10 + number % 50, 5 + number % 5);
}

std::string page(std::int64_t first, std::int64_t total) {
  std::string rows;
  for (std::int64_t i = 0; i < kPageSize; ++i) {
    if (i != 0) rows += ',';
    rows += row(first + i);
  }
  return fmt::format(
      R"({{"RequestId":"E1FAB2B8-DF4D-55DF-BC3D-5C3CA6FD5B13","PageInfo":{{"CurrentPage":{},"PageSize":{},)"
      R"("TotalCount":{},"Count":{}}},"Processes":[{}]}})",
      first / kPageSize + 1, kPageSize, total, kPageSize, rows);
}

std::vector<std::string> pages(std::int64_t total) {
  std::vector<std::string> list;
  for (std::int64_t first = 0; first < total; first += kPageSize)
    list.push_back(page(first, total));
  return list;
}

void report(benchmark::State& state, const std::vector<std::string>& list) {
  std::size_t bytes = 0;
  for (const std::string& text : list)
    bytes += text.size();
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.counters["time/task"] = benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)),
                                                   benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void Copy(benchmark::State& state) {
  const std::vector<std::string> list = pages(state.range(0));
  std::string buffer(2 * list.front().size(), '\0');
  for (auto _ : state) {
    for (const std::string& text : list) {
      std::memcpy(buffer.data(), text.data(), text.size());
      benchmark::ClobberMemory();
    }
  }
  report(state, list);
}

void Decode(benchmark::State& state) {
  const std::vector<std::string> list = pages(state.range(0));
  sas::api::ListOperationProcessDecoder decoder;
  for (auto _ : state) {
    for (const std::string& text : list) {
      auto decoded = decoder.decode(text);
      if (!decoded || decoded->tasks.size() != kPageSize || !decoded->violations.empty()) {
        state.SkipWithError("the page was not decoded as it was written");
        return;
      }
      benchmark::DoNotOptimize(decoded->tasks.data());
    }
  }
  report(state, list);
}

BENCHMARK(Copy)->RangeMultiplier(10)->Range(100, 100'000);
BENCHMARK(Decode)->RangeMultiplier(10)->Range(100, 100'000);

}  // namespace
