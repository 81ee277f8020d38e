// SPDX-License-Identifier: Apache-2.0
#pragma once
// What there is to tell, numbered. News is kept until it has been told, across a restart too, and its number
// is what says so.

#include <cstdint>
#include <variant>

#include "policy/alert_state.hpp"
#include "tasks/transition.hpp"

namespace sas::policy {

struct News {
  std::uint64_t number = 0;  // counts what this target had to tell, from 1
  std::variant<tasks::Transition, AlertChange> event;
};

}  // namespace sas::policy
