// SPDX-License-Identifier: Apache-2.0
#pragma once
// An account that is asked at the wrong centre is not refused: its list is just empty. Who has never seen a
// task is told so, once.

#include <cstddef>
#include <string>

#include "base/target.hpp"
#include "base/time.hpp"
#include "tasks/observation.hpp"

namespace sas::policy {

/// A poll that saw the whole list.
struct WholeListing {
  tasks::Telling telling = tasks::Telling::changes;
  std::size_t tasks_ever = 0;  // that any poll showed, or the state file knew
  Milliseconds lookback{};     // of the list of all states
};

/// What to tell: why nothing may be there, the likeliest first, and what to do about it. Empty where there is
/// nothing to tell: there was a task, or an earlier poll was whole, of an earlier process too, and has told.
std::string hint_at_empty(const Target& target, const WholeListing& listing);

}  // namespace sas::policy
