// SPDX-License-Identifier: Apache-2.0
#pragma once
// Subtasks in one line, for tests that care about their status and the names of their checks.

#include <string>
#include <utility>
#include <vector>

#include "tasks/subtasks.hpp"

namespace sas::support {

inline tasks::Subtask subtask(std::string id, tasks::StatusCode code) {
  tasks::Subtask subtask;
  subtask.id = std::move(id);
  subtask.task_id = "parent";
  subtask.status_code = code;
  return subtask;
}

inline tasks::Subtask failed(std::string id, const std::vector<std::string>& checks) {
  tasks::Subtask failed = subtask(std::move(id), tasks::kSubtaskFailed);
  for (const std::string& name : checks)
    failed.checks.push_back({.id = 1, .show_name = name});
  return failed;
}

}  // namespace sas::support
