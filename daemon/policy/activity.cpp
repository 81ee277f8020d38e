// SPDX-License-Identifier: Apache-2.0
#include "policy/activity.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace sas::policy {
namespace {

// The line is for a person who glances at it; of whom there are more, the log and the metrics tell.
constexpr std::size_t kMostNames = 5;

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string names(const std::vector<std::string>& all) {
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMostNames));
  std::string text = fmt::format("{}", fmt::join(all.begin(), end, ", "));
  if (all.size() > kMostNames) text += fmt::format(" and {} more", all.size() - kMostNames);
  return text;
}

}  // namespace

void Activity::add(const TargetHealth& target, std::size_t active) {
  ++targets;
  active_tasks += active;
  if (target.tried) ++tried;
  if (target.failing) failing.push_back(target.target);
  if (target.last_success)
    last_poll = std::max(last_poll.value_or(*target.last_success), *target.last_success);
}

std::string describe(const Activity& activity, Instant now, Time at) {
  std::string text = counted(activity.targets, "target");
  if (activity.tried == 0) return text + ", the first poll is still to come";
  if (activity.last_poll) {
    const Time then = at - std::chrono::floor<Milliseconds>(now - *activity.last_poll);
    text += fmt::format(", {}, last complete poll at {}", counted(activity.active_tasks, "active task"),
                        format_seconds(then));
  } else {
    text += ", no poll has been complete yet";
  }
  if (activity.tried < activity.targets)
    text += fmt::format("; {} not polled yet", activity.targets - activity.tried);
  if (!activity.failing.empty()) text += fmt::format("; polls fail of: {}", names(activity.failing));
  return text;
}

}  // namespace sas::policy
