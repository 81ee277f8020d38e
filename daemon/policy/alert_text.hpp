// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is said of an alert to people, the same in every sink.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/alert.hpp"

namespace sas::policy {

/// Of an alert, or of any other piece of news.
struct Wording {
  std::string summary;      // one line
  std::string description;  // a few sentences: since when, the limit, how far it is, what failed
};

Wording describe(const AlertChange& change);

/// By which an alert is told apart and routed: alertname, severity, target, and of what it is about task_id
/// (as it is shown) and task_type. None changes while the alert fires; the cause of failing polls may, and so
/// is only told in the text.
std::vector<std::pair<std::string, std::string>> labels(const AlertChange& change);

/// `<prefix><Alertname>.md`; empty where there is no prefix.
std::string runbook_url(std::string_view prefix, Alert alert);

/// An alert that fires, as the change that it began with, with what was seen last.
AlertChange began(std::string_view target, const FiringAlert& alert);

/// `Task 3d7a (CHECK_ALL) of production`; without the type where there is none.
std::string name_task(std::string_view id, std::string_view type, std::string_view target);

/// `Done: 197 of 337 items and 5 of 10 subtasks.`; empty where the service tells neither.
std::string progress(const tasks::Task& task);

/// In whole seconds, unless it is shorter than one.
std::string lasting(Milliseconds duration);

}  // namespace sas::policy
