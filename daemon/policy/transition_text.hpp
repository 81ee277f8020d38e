// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is said of a transition to people, the same in every sink.

#include <string_view>

#include "policy/alert_text.hpp"
#include "tasks/transition.hpp"

namespace sas::policy {

Wording describe(std::string_view target, const tasks::Transition& transition);

}  // namespace sas::policy
