// SPDX-License-Identifier: Apache-2.0
#pragma once
// What there is to tell, to whom, numbered. News is kept until whom it is for has taken it, across a restart
// too, and its number is what says so.

#include <cstdint>
#include <string>
#include <variant>

#include "policy/alert.hpp"
#include "tasks/transition.hpp"

namespace sas::policy {

using Event = std::variant<tasks::Transition, AlertChange>;

struct News {
  std::uint64_t number = 0;  // counts what this target had to tell, from 1; each sink's copy has its own
  std::string sink;          // by name
  Event event;
};

}  // namespace sas::policy
