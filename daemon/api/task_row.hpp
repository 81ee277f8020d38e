// SPDX-License-Identifier: Apache-2.0
#pragma once
// One row of ListOperationProcess becomes a task. Private to this folder.

#include "api/object_fields.hpp"
#include "tasks/task.hpp"

namespace sas::api {

class TaskRowReader {
 public:
  TaskRowReader();

  /// An error means that the text is not JSON. A row without a TaskId leaves `task.id` empty.
  simdjson::error_code read(ondemand::object row, tasks::Task& task, ViolationTally& tally);

 private:
  ObjectFields<11> fields_;
};

}  // namespace sas::api
