// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one poll of each target saw, as a table for a person.

#include <string>
#include <vector>

#include "app/look.hpp"

namespace sas::cli {

/// A line for each task, the active ones first and the newest of them at the top, then a line for each
/// target. Why a poll failed is not in it.
std::string looks_table(const std::vector<app::Look>& looks);

}  // namespace sas::cli
