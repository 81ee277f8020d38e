// SPDX-License-Identifier: Apache-2.0
#include "polling/subtask_reading.hpp"

#include <optional>
#include <utility>

#include "runtime/clock.hpp"

namespace sas::polling {
namespace {

Time end_of(const tasks::TrackedTask& tracked) {
  return tracked.task.end_time.value_or(tracked.status_changed);
}

}  // namespace

SubtaskReading::SubtaskReading(const SubtaskLimits& limits, cloud::OperationsSource& source,
                               Pipeline& pipeline, runtime::Log& log, OnAnswer on_answer)
    : limits_(limits), source_(&source), pipeline_(pipeline), log_(log), on_answer_(std::move(on_answer)) {}

asio::awaitable<void> SubtaskReading::go_on(Time at) {
  if (!limits_.wanted) co_return;
  queue_ended(at);
  const Instant stop = runtime::Clock::now() + limits_.at_most;
  while (runtime::Clock::now() < stop) {
    const std::optional<policy::EndedTask> task = queue_.next(runtime::Clock::now());
    if (!task) break;
    if (!is_still_over(*task)) {
      queue_.withdraw(task->id);
      continue;
    }
    Result<SubtasksRead> found = co_await read_subtasks(*source_, task->id, limits_.page_size, on_answer_);
    if (found) {
      queue_.read(*task);
      for (const tasks::Violation& violation : found->violations)
        pipeline_.violation(violation);
      pipeline_.take_subtasks(task->id, std::move(found->summary));
    } else {
      tell(*task, found.error());
    }
  }
}

void SubtaskReading::change(const SubtaskLimits& limits, cloud::OperationsSource& source) {
  limits_ = limits;
  source_ = &source;
}

void SubtaskReading::queue_ended(Time at) {
  queue_.forget(at - limits_.retention);
  pipeline_.table().for_each([&](tasks::Slot, const tasks::TrackedTask& tracked) {
    const bool is_of_interest = tasks::has_ended(tracked.task.status_code) && !tracked.subtasks &&
                                at - end_of(tracked) < limits_.retention;
    if (is_of_interest) queue_.ended({.id = tracked.task.id, .at = end_of(tracked)});
  });
}

bool SubtaskReading::is_still_over(const policy::EndedTask& task) const {
  const std::optional<tasks::Slot> slot = pipeline_.table().find(task.id);
  return slot && tasks::has_ended(pipeline_.table().at(*slot).task.status_code);
}

void SubtaskReading::tell(const policy::EndedTask& task, const Error& error) {
  const std::string& target = pipeline_.table().target();
  const std::string reason = to_string(error);
  switch (queue_.failed(task, error, runtime::Clock::now())) {
    case policy::Setback::forbidden:
      log_.warn(
          "subtasks are not read, since the permission for ListOperationProcessDetail is missing; "
          "everything else goes on",
          {{"target", target}, {"error", reason}});
      break;
    case policy::Setback::given_up:
      log_.warn("the subtasks of a task cannot be read",
                {{"target", target}, {"task_id", tasks::shown_id(task.id)}, {"error", reason}});
      break;
    case policy::Setback::later:
    case policy::Setback::still_forbidden:
      log_.debug("subtasks were not read this time",
                 {{"target", target}, {"task_id", tasks::shown_id(task.id)}, {"error", reason}});
      break;
  }
}

}  // namespace sas::polling
