// SPDX-License-Identifier: Apache-2.0
// What it costs to remember: a section is encoded in slices on the loop, written by a worker, and read at the
// start. Beside each the same bytes without the work: a copy, a plain write with fsync, a plain read.

#include <algorithm>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "snapshot/decode.hpp"
#include "snapshot/file.hpp"
#include "snapshot/store.hpp"
#include "support/states.hpp"
#include "support/temporary_folder.hpp"

namespace sas::bench {
namespace {

using support::kNoon;

constexpr tasks::Slot kSlice = 1'000;

tasks::TaskTable table_of(std::int64_t tasks) {
  tasks::TaskTable table("production");
  for (std::int64_t i = 0; i < tasks; ++i) {
    const tasks::Task task = support::running(fmt::format("{:032x}", i))
                                 .source("Console")
                                 .items(i % 1'000, 1'000)
                                 .subtasks(i % 7, 7)
                                 .started(kNoon + Milliseconds{i});
    table.insert(support::tracked(task));
  }
  return table;
}

const snapshot::TargetMark& mark() {
  static const snapshot::TargetMark kMark{
      .target = "production", .endpoint = "https://tds.cn-shanghai.aliyuncs.com", .last_complete = kNoon};
  return kMark;
}

snapshot::Section section_of(std::int64_t tasks) {
  const tasks::TaskTable table = table_of(tasks);
  snapshot::SectionText text(mark());
  text.add(table, 0, table.slots());
  return std::move(text).finish();
}

std::string text_of(const snapshot::Section& section) {
  std::string text;
  for (const std::string& piece : section.pieces)
    text += piece;
  return text;
}

void count(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.SetItemsProcessed(state.range(0) * state.iterations());
  state.counters["bytes_a_task"] = static_cast<double>(bytes) / static_cast<double>(state.range(0));
}

void copy(benchmark::State& state) {
  const std::string from = text_of(section_of(state.range(0)));
  for (auto _ : state) {
    std::string to(from);
    benchmark::DoNotOptimize(to.data());
  }
  count(state, from.size());
}

void encode(benchmark::State& state) {
  using Steady = std::chrono::steady_clock;
  const tasks::TaskTable table = table_of(state.range(0));
  Steady::duration longest{};
  for (auto _ : state) {
    snapshot::SectionText text(mark());
    for (tasks::Slot slot = 0; slot < table.slots();) {
      const auto begin = Steady::now();
      slot = text.add(table, slot, kSlice);
      longest = std::max(longest, Steady::now() - begin);
    }
    snapshot::Section section = std::move(text).finish();
    benchmark::DoNotOptimize(section.checksum);
  }
  count(state, text_of(section_of(state.range(0))).size());
  state.counters["longest_slice_us"] =
      std::chrono::duration<double, std::micro>(std::exchange(longest, {})).count();
}

void write_plain(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const std::string text = text_of(section_of(state.range(0)));
  for (auto _ : state) {
    auto file = snapshot::File::create(folder.path("plain"));
    if (!file || !file->append(text) || !file->sync()) state.SkipWithError("cannot write");
  }
  count(state, text.size());
}

void write(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const snapshot::Section section = section_of(state.range(0));
  const auto store = snapshot::make_file_store(folder.path("state"));
  if (!store->load()) state.SkipWithError("cannot load");
  for (auto _ : state) {
    if (!store->write(section)) state.SkipWithError("cannot write");
  }
  count(state, text_of(section).size());
}

/// Of another target, while this one's section is copied over.
void write_beside(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const snapshot::Section section = section_of(state.range(0));
  const snapshot::Section other = snapshot::encode({});
  const auto store = snapshot::make_file_store(folder.path("state"));
  if (!store->load() || !store->write(section)) state.SkipWithError("cannot write");
  for (auto _ : state) {
    if (!store->write(other)) state.SkipWithError("cannot write");
  }
  count(state, text_of(section).size());
}

void read_plain(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const std::string text = text_of(section_of(state.range(0)));
  folder.write("plain", text);
  for (auto _ : state)
    benchmark::DoNotOptimize(folder.read("plain").data());
  count(state, text.size());
}

void load(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const snapshot::Section section = section_of(state.range(0));
  const auto store = snapshot::make_file_store(folder.path("state"));
  if (!store->load() || !store->write(section)) state.SkipWithError("cannot write");
  for (auto _ : state)
    benchmark::DoNotOptimize(store->load().value().data());
  count(state, text_of(section).size());
}

void told(benchmark::State& state) {
  const support::TemporaryFolder folder;
  const auto store = snapshot::make_file_store(folder.path("state"));
  if (!store->load() || !store->write(snapshot::encode({}))) state.SkipWithError("cannot write");
  std::uint64_t number = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(store->told("production", ++number).has_value());
}

BENCHMARK(copy)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(encode)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(write_plain)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK(write)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(write_beside)
    ->RangeMultiplier(10)
    ->Range(100, 100'000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK(read_plain)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(load)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(told)->Iterations(20'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace sas::bench
