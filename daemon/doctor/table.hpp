// SPDX-License-Identifier: Apache-2.0
#pragma once
// The report for people.

#include <cstddef>
#include <cstdint>
#include <string>

#include "doctor/check.hpp"

namespace sas::doctor {

struct Terminal {
  enum class Colours : std::uint8_t { without, with };

  Colours colours = Colours::without;
  std::size_t width = 0;  // in characters; lines are broken there; 0: nowhere
};

/// A line a check, its remedy below it; the least RAM policy where somebody lacks it; what came of it all.
std::string to_table(const Report& report, const Terminal& terminal);

}  // namespace sas::doctor
