// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps a target's table up with what the subtasks of ended tasks came to: whom the queue names is read,
// after each complete poll as many as fit in before the next.

#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "cloud/operations_source.hpp"
#include "policy/subtask_queue.hpp"
#include "polling/pipeline.hpp"
#include "polling/subtask_reader.hpp"
#include "runtime/logging.hpp"

namespace sas::polling {

struct SubtaskLimits {
  bool wanted = false;
  int page_size = 0;
  Milliseconds retention{};  // tasks that ended longer ago are of no interest
  Milliseconds at_most{};    // of the time between two polls; a reading that has begun goes on to its end
};

class SubtaskReading {
 public:
  /// What it is given by reference must outlive it.
  SubtaskReading(const SubtaskLimits& limits, cloud::OperationsSource& source, Pipeline& pipeline,
                 runtime::Log& log, OnAnswer on_answer);

  /// After a complete poll that began at `at`.
  asio::awaitable<void> go_on(Time at);

  /// Not while it reads. Who waits to be read goes on waiting.
  void change(const SubtaskLimits& limits, cloud::OperationsSource& source);

 private:
  void queue_ended(Time at);
  [[nodiscard]] bool is_still_over(const policy::EndedTask& task) const;
  void tell(const policy::EndedTask& task, const Error& error);

  SubtaskLimits limits_;
  cloud::OperationsSource* source_;
  Pipeline& pipeline_;
  runtime::Log& log_;
  OnAnswer on_answer_;
  policy::SubtaskQueue queue_;
};

}  // namespace sas::polling
