// SPDX-License-Identifier: Apache-2.0
// What a poll costs once the bytes are there: decoding the pages of a list and diffing them with the table
// that knew the list before. Beside it a copy of the same bytes.

#include <chrono>
#include <cstring>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "api/list_operation_process.hpp"
#include "bench/canned_service.hpp"
#include "tasks/diff.hpp"

namespace sas::bench {
namespace {

constexpr std::size_t kPageSize = 100;
constexpr Time kAt{std::chrono::milliseconds{1'767'355'200'000}};

std::vector<std::string> list_of(std::size_t tasks) {
  std::vector<std::string> pages;
  for (std::size_t page = 1; page <= tasks / kPageSize; ++page)
    pages.push_back(page_body(page, kPageSize, tasks));
  return pages;
}

void count_bytes(benchmark::State& state, const std::vector<std::string>& pages) {
  std::size_t bytes = 0;
  for (const std::string& page : pages)
    bytes += page.size();
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.SetItemsProcessed(state.range(0) * state.iterations());
}

void copy(benchmark::State& state) {
  const std::vector<std::string> pages = list_of(static_cast<std::size_t>(state.range(0)));
  std::string to(pages.front().size() * 2, '\0');
  for (auto _ : state) {
    for (const std::string& page : pages) {
      std::memcpy(to.data(), page.data(), page.size());
      benchmark::DoNotOptimize(to.data());
    }
  }
  count_bytes(state, pages);
}

void decode_and_diff(benchmark::State& state) {
  const std::vector<std::string> pages = list_of(static_cast<std::size_t>(state.range(0)));
  api::ListOperationProcessDecoder decoder;
  tasks::TaskTable table("production");
  tasks::Observation observation{.number = 0, .at = kAt, .telling = tasks::Telling::changes};
  std::size_t transitions = 0;
  const auto poll = [&] {
    ++observation.number;
    for (const std::string& page : pages) {
      const tasks::Changes changes =
          tasks::apply(table, std::move(decoder.decode(page).value()), observation);
      transitions += changes.transitions.size();
    }
    benchmark::DoNotOptimize(tasks::missing(table, observation));
  };
  poll();  // the table knows the list
  for (auto _ : state)
    poll();
  benchmark::DoNotOptimize(transitions);
  count_bytes(state, pages);
}

BENCHMARK(copy)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(decode_and_diff)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sas::bench
