// SPDX-License-Identifier: Apache-2.0
#pragma once
// The families of the task gauges: what each is called and says. The README's table of metrics is tested
// against what comes out of these.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "exposition/format.hpp"
#include "tasks/gauge_columns.hpp"

namespace sas::exposition {

enum class Value : std::uint8_t {
  integer,
  milliseconds,  // shown in seconds with three digits
};

struct Family {
  tasks::Gauge gauge;
  std::string_view name;  // of the samples
  std::string_view help;
  Value value;
};

/// In the order in which they are rendered.
const std::array<Family, tasks::kGaugeCount>& families();

/// The lines before a family's samples.
std::string header(const Family& family, Format format);

/// The family that comes after these: what the subtasks of ended tasks came to, for each task a sample a
/// status.
inline constexpr std::string_view kSubtasksByStatus = "sas_operation_task_subtasks_by_status";

/// The lines before its samples, in either format.
std::string subtasks_header();

}  // namespace sas::exposition
