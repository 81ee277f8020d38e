// SPDX-License-Identifier: Apache-2.0
#pragma once
// What one poll of one target saw.

#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/cadence.hpp"
#include "tasks/task.hpp"

namespace sas::app {

struct Look {
  std::string target;
  std::string endpoint;
  Time at;  // when it began
  policy::PollResult result = policy::PollResult::failed;
  std::string trouble;             // why it is not complete, in one line
  std::vector<tasks::Task> tasks;  // in no order
};

}  // namespace sas::app
