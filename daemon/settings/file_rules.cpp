// SPDX-License-Identifier: Apache-2.0
#include "settings/file_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"

namespace sas::settings {
namespace {

void check_polls(const Poll& poll, const Filled& file) {
  if (poll.idle_interval >= poll.interval || file.is_told("poll.interval") ||
      file.is_told("poll.idle_interval"))
    return;
  // One of the two is given, since the defaults fit.
  const auto idle = file.given("poll.idle_interval");
  file.tell(idle ? *idle : file.given("poll.interval").value_or(file.at), "poll.idle_interval",
            fmt::format("is {}, less than the interval of {}; raise it, or lower the interval",
                        format_duration(poll.idle_interval), format_duration(poll.interval)));
}

/// Whether each target has been read, and has a name of its own.
bool targets_are_known(const Draft& draft) {
  return draft.target_count > 0 && draft.target_names.size() == draft.target_count;
}

/// `2, 5, 9`, and whether there are more. Lines and not the names, as these may come from the environment.
std::string lines_of(const Names& names) {
  constexpr std::size_t kMost = 10;
  std::vector<int> lines;
  for (const auto& [name, at] : names)
    lines.push_back(at.line);
  std::ranges::sort(lines);
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  const bool is_cut = lines.size() > kMost;
  if (is_cut) lines.resize(kMost);
  return fmt::format("line{} {}{}", lines.size() == 1 ? "" : "s", fmt::join(lines, ", "),
                     is_cut ? ", …" : "");
}

void check_silenced_targets(const Draft& draft, const Filled& file) {
  for (const Mention& silenced : draft.silenced_targets) {
    if (draft.target_names.contains(silenced.word)) continue;
    file.tell(silenced.at, silenced.key,
              fmt::format("is the name of no target; their names stand in {}", lines_of(draft.target_names)));
  }
}

void check_expected_types(const Draft& draft, const Filled& file) {
  for (const Mention& expected : draft.expected_checks) {
    const bool is_watched = std::ranges::any_of(draft.settings.targets, [&](const WatchedTarget& watched) {
      const auto& types = watched.target.task_types;
      return types.empty() || std::ranges::find(types, expected.word) != types.end();
    });
    if (is_watched) continue;
    file.tell(expected.at, expected.key,
              "is watched by no target; add it to the task_types of one, or take the element away");
  }
}

}  // namespace

void check_file(const Draft& draft, const Filled& file) {
  check_polls(draft.settings.poll, file);
  if (!targets_are_known(draft)) return;
  check_silenced_targets(draft, file);
  check_expected_types(draft, file);
}

}  // namespace sas::settings
