// SPDX-License-Identifier: Apache-2.0
#pragma once
// A scrape of as many tasks as a test wants. All its blocks are one block, so its memory does not grow with
// them.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "exposition/scrape.hpp"

namespace sas::web {

inline std::shared_ptr<const tasks::GaugeBlock> sample_block(std::size_t rows) {
  tasks::GaugeColumns columns;
  for (std::size_t row = 0; row < rows; ++row) {
    tasks::Task task;
    task.id = std::to_string(10'000'000 + row * 7919);
    task.type = "CHECK_SCHEDULE";
    task.source = "CSPM";
    tasks::GaugeRow numbers;
    numbers.fill(1'767'323'045'000 + static_cast<std::int64_t>(row * 104'729));
    numbers[static_cast<std::size_t>(tasks::Gauge::info)] = 1;
    columns.write(static_cast<tasks::Slot>(row), numbers, "production", task);
  }
  return columns.publish().blocks.front();
}

inline exposition::Scrape sample_scrape(exposition::Format format, std::size_t tasks) {
  exposition::Scrape scrape;
  scrape.format = format;
  scrape.own_metrics =
      "# HELP sas_operation_up Whether the last poll worked.\n# TYPE sas_operation_up gauge\n"
      "sas_operation_up{target=\"production\"} 1\n";
  tasks::PublishedGauges gauges;
  static const auto whole = sample_block(tasks::GaugeBlock::kRows);
  for (; tasks >= tasks::GaugeBlock::kRows; tasks -= tasks::GaugeBlock::kRows)
    gauges.blocks.push_back(whole);
  if (tasks > 0) gauges.blocks.push_back(sample_block(tasks));
  scrape.targets.push_back(std::move(gauges));
  return scrape;
}

/// The whole body, as the writer alone makes it.
inline std::string rendered(exposition::Scrape scrape) {
  exposition::ScrapeWriter writer(std::move(scrape));
  std::string body;
  for (std::string piece; writer.next(piece);)
    body += piece;
  return body;
}

}  // namespace sas::web
