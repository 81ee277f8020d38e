// SPDX-License-Identifier: Apache-2.0
#pragma once
// Fields that tasks and subtasks have in common. Private to this folder.

#include <string>
#include <string_view>

#include "api/lenient.hpp"
#include "tasks/task.hpp"

namespace sas::api {

/// Tallies what is odd about an id: white space around it, or nothing but that.
void check_id(std::string_view field, const std::string& id, ViolationTally& tally);

/// StatusCode as it stands, kStatusNotGiven where it cannot be read. Codes above `last_documented` are
/// tallied.
tasks::StatusCode read_status(ondemand::value& value, tasks::StatusCode last_documented,
                              ViolationTally& tally);

}  // namespace sas::api
