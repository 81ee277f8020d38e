// SPDX-License-Identifier: Apache-2.0
#pragma once
// The report for programs.

#include <string>

#include "doctor/check.hpp"

namespace sas::doctor {

/// One JSON object on one line, and a line's end. Fields are added to it, never taken away or given another
/// meaning, as long as `schema` stays.
std::string to_json(const Report& report);

}  // namespace sas::doctor
