// SPDX-License-Identifier: Apache-2.0
#pragma once
// A step of a task's life, told once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tasks/task.hpp"

namespace sas::tasks {

enum class Observed : std::uint8_t {
  direct,    // the state it leads to was seen
  inferred,  // it must have happened between two looks
};

std::string_view to_string(Observed observed);

struct Transition {
  Task task;  // as it was seen after the step
  StatusCode from = kNotStarted;
  StatusCode to = kNotStarted;
  Observed observed = Observed::direct;
  Time seen_at;                          // when the answer that showed it was asked for
  std::optional<Milliseconds> duration;  // of the whole run, where `to` is an end and the times are known
  std::string request_id;                // of the answer that showed it
};

}  // namespace sas::tasks
