// SPDX-License-Identifier: Apache-2.0
#pragma once
// Judges what the service answers: permissions, and a page of tasks.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/target.hpp"
#include "base/time.hpp"
#include "doctor/check.hpp"
#include "tasks/observation.hpp"

namespace sas::doctor {

/// `step` is list_permission or detail_permission; `who` may be empty: the ARN that calls. An answer that
/// finds fault with the parameters comes after the permission was looked at. Without the second one the
/// exporter works, so that its absence is a warning.
Check permission_check(Step step, const Result<void>& called, std::string_view who);

/// One page of all tasks that the target's filters let through.
Check page_check(const Result<tasks::Page>& page, const Target& target, Time now);

}  // namespace sas::doctor
