// SPDX-License-Identifier: Apache-2.0
// What the text of a scrape costs: the renderer over the columns; beside it a copy of the same bytes through
// a window of one piece, and prometheus-cpp's serializer over the same series. Also told: how often one
// render allocates, and what the columns hold in memory a task.

#include <algorithm>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <prometheus/text_serializer.h>

#include "exposition/family.hpp"
#include "exposition/scrape.hpp"
#include "support/allocations.hpp"
#include "tasks/gauge_columns.hpp"
#include "telemetry/registry.hpp"  // brings prometheus-cpp

namespace sas::bench {
namespace {

constexpr std::int64_t kCreated = 1'767'355'200'000;

// Whether the tasks have ended and their subtasks are known.
enum class Subtasks : std::uint8_t { unknown, known };

tasks::PublishedGauges gauges_of(std::size_t count, Subtasks subtasks = Subtasks::unknown) {
  tasks::GaugeColumns columns;
  for (std::size_t i = 0; i < count; ++i) {
    tasks::Task task;
    task.id = fmt::format("3d7a1b68-599f-4e16-9b45-{:012x}", i);
    task.type = "CHECK_POLICY";
    task.source = "YAO_CHI";
    const auto number = static_cast<std::int64_t>(i);
    // One value is absent, as in most running tasks: nine gauges a task.
    columns.write(static_cast<tasks::Slot>(i),
                  {1, 1, 337 + number % 1000, number % 337, 10, 5, kCreated + number,
                   kCreated + number + 1000, tasks::kAbsent, kCreated + number + 5000},
                  "production", task);
    const tasks::SubtaskCounts counts{0, 0, 10 + i % 90, i % 3, i % 2, 0};
    if (subtasks == Subtasks::known) columns.write_subtasks(static_cast<tasks::Slot>(i), &counts);
  }
  return columns.publish();
}

// `piece` is the string of the render before, as a server would keep it.
std::size_t render(const tasks::PublishedGauges& gauges, std::string& piece) {
  exposition::ScrapeWriter writer(
      {.format = exposition::Format::text, .own_metrics = "", .targets = {gauges}});
  std::size_t bytes = 0;
  while (writer.next(piece)) {
    bytes += piece.size();
    benchmark::DoNotOptimize(piece.data());
  }
  return bytes;
}

void report(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.SetItemsProcessed(state.range(0) * state.iterations());
}

void copy_of(benchmark::State& state, Subtasks subtasks) {
  const tasks::PublishedGauges gauges = gauges_of(static_cast<std::size_t>(state.range(0)), subtasks);
  std::string body;
  exposition::ScrapeWriter writer(
      {.format = exposition::Format::text, .own_metrics = "", .targets = {gauges}});
  for (std::string piece; writer.next(piece);)
    body += piece;
  std::string window(exposition::ScrapeWriter::kPiece, '\0');
  for (auto _ : state) {
    for (std::size_t at = 0; at < body.size(); at += window.size()) {
      std::memcpy(window.data(), body.data() + at, std::min(window.size(), body.size() - at));
      benchmark::DoNotOptimize(window.data());
      benchmark::ClobberMemory();
    }
  }
  report(state, body.size());
}

void copy(benchmark::State& state) {
  copy_of(state, Subtasks::unknown);
}

void copy_with_subtasks(benchmark::State& state) {
  copy_of(state, Subtasks::known);
}

void render(benchmark::State& state, Subtasks subtasks) {
  const std::ptrdiff_t before = support::allocations().bytes;
  const tasks::PublishedGauges gauges = gauges_of(static_cast<std::size_t>(state.range(0)), subtasks);
  const std::ptrdiff_t held = support::allocations().bytes - before;
  std::string piece;
  std::size_t bytes = 0;
  std::size_t count = 0;
  for (auto _ : state) {
    const std::size_t count_before = support::allocations().count;
    bytes = render(gauges, piece);
    count = support::allocations().count - count_before;
  }
  report(state, bytes);
  state.counters["allocations"] = static_cast<double>(count);
  state.counters["bytes_per_task"] = static_cast<double>(held) / static_cast<double>(state.range(0));
}

void render_columns(benchmark::State& state) {
  render(state, Subtasks::unknown);
}

// Six series a task more.
void render_with_subtasks(benchmark::State& state) {
  render(state, Subtasks::known);
}

// As a Collectable would hand them over: families of metrics of labels, made for each scrape.
std::vector<prometheus::MetricFamily> collect(const tasks::PublishedGauges& gauges) {
  std::vector<prometheus::MetricFamily> families;
  for (const exposition::Family& family : exposition::families()) {
    prometheus::MetricFamily& out = families.emplace_back();
    out.name = family.name;
    out.help = family.help;
    out.type = prometheus::MetricType::Gauge;
    for (const auto& block : gauges.blocks) {
      for (std::size_t row = 0; row < tasks::GaugeBlock::kRows; ++row) {
        const std::int64_t value = block->values[static_cast<std::size_t>(family.gauge)][row];
        if (block->places[row].size == 0 || value == tasks::kAbsent) continue;
        prometheus::ClientMetric& metric = out.metric.emplace_back();
        // The three labels; that their text is cut from the finished text costs next to nothing beside the
        // rest.
        const std::string labels(block->labels(row));
        metric.label = {{"target", "production"},
                        {"task_id", labels.substr(labels.find("task_id=\"") + 9, 36)},
                        {"task_type", "CHECK_POLICY"}};
        metric.gauge.value = family.value == exposition::Value::integer ? static_cast<double>(value)
                                                                        : static_cast<double>(value) / 1000.0;
      }
    }
  }
  return families;
}

void prometheus_cpp(benchmark::State& state) {
  const tasks::PublishedGauges gauges = gauges_of(static_cast<std::size_t>(state.range(0)));
  const prometheus::TextSerializer serializer;
  std::size_t bytes = 0;
  for (auto _ : state) {
    std::ostringstream out;
    serializer.Serialize(out, collect(gauges));
    bytes = out.str().size();
  }
  report(state, bytes);
}

BENCHMARK(copy)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(render_columns)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(copy_with_subtasks)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(render_with_subtasks)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(prometheus_cpp)->RangeMultiplier(10)->Range(100, 10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(prometheus_cpp)->Arg(100'000)->Iterations(1)->Unit(benchmark::kMicrosecond);  // seconds each

}  // namespace
}  // namespace sas::bench
