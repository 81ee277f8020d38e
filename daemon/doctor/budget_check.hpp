// SPDX-License-Identifier: Apache-2.0
#pragma once
// Judges whether the polls fit into the calls that the settings allow.

#include <cstddef>
#include <optional>

#include "doctor/check.hpp"
#include "settings/settings.hpp"

namespace sas::doctor {

/// `sharing` counts the targets whose calls are signed with the same key, this one included; nothing where
/// its key is not known. They share the budget of each action.
Check budget_check(const settings::Poll& poll, std::optional<std::size_t> sharing);

}  // namespace sas::doctor
