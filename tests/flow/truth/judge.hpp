// SPDX-License-Identifier: Apache-2.0
#pragma once
// Compares what was told with what happened. Pure: histories come in as values, what is wrong comes out in
// words.
//
// What must have been told follows from the polls: a state that lasted over two complete polls in a row was
// there to be seen. What may have been told follows from the history: the states told of a task, one after
// the other, are among its true ones, in their order, and none before it came.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "tasks/task.hpp"

namespace sas::flow {

/// So long one state lasted. Before its birth a task has none.
struct Span {
  std::optional<tasks::StatusCode> status;  // none: no list has the task
  Time from;
  Time until;  // Time::max(): for ever

  friend bool operator==(const Span&, const Span&) = default;
};

struct TrueTask {
  std::string id;
  std::vector<Span> life;  // from its birth on, without gaps
};

struct ToldStep {
  tasks::StatusCode from;
  tasks::StatusCode to;
  bool inferred = false;
  Time at;  // when it was told
};

/// A poll that was complete.
struct Look {
  Time began;
  Time ended;
  Time since;  // tasks created before then are listed only while they are active
};

/// What was seen and told from one baseline to the next: by one process, or by several that had a memory in
/// common.
struct Era {
  Time began;
  std::vector<Look> looks;  // the first is the baseline
  std::map<std::string, std::vector<ToldStep>> told;
};

/// What is wrong with what was told of the task; empty: nothing.
std::string fault_of(const TrueTask& task, const Era& era);

/// How many states were there to be seen by two complete polls in a row: silence about them is a fault.
std::size_t plain_states(const std::vector<TrueTask>& truth, const Era& era);

/// All faults, each with the task's two histories.
std::vector<std::string> judge(const std::vector<TrueTask>& truth, const Era& era);

}  // namespace sas::flow
