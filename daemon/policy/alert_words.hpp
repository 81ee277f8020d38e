// SPDX-License-Identifier: Apache-2.0
#pragma once
// Pieces of what is said of an alert, the same in every sink.

#include <string>
#include <string_view>

#include "policy/alert.hpp"

namespace sas::policy {

/// The failed subtasks that are kept by name, with what they check: `d-7: MFA, Audit log; d-9: MFA`.
std::string name_failed(const tasks::SubtaskSummary& summary);

/// What the moment of such an alert's evidence is: `expires`, `last_completed`, `failing_since`, `last_seen`.
std::string_view moment_name(Alert alert);

}  // namespace sas::policy
