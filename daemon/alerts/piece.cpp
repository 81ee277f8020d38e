// SPDX-License-Identifier: Apache-2.0
#include "alerts/piece.hpp"

#include <variant>

#include "policy/transition_text.hpp"

namespace sas::alerts {

policy::Wording describe(const Piece& piece) {
  if (const auto* change = std::get_if<policy::AlertChange>(&piece.event)) return policy::describe(*change);
  return policy::describe(piece.target, std::get<tasks::Transition>(piece.event));
}

}  // namespace sas::alerts
