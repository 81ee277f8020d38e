// SPDX-License-Identifier: Apache-2.0
#include "tasks/subtasks.hpp"

#include <numeric>

#include <fmt/format.h>

namespace sas::tasks {
namespace {

bool is_over(StatusCode code) {
  return has_ended(code) || code == kSubtaskFailed;
}

// The beginning of the text, without half a character at its end: names arrive as valid UTF-8.
std::string bounded(std::string_view text) {
  if (text.size() <= kMostNameBytes) return std::string(text);
  const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
  std::size_t size = kMostNameBytes;
  while (size > 0 && continues(text[size]))
    --size;
  return std::string(text.substr(0, size));
}

FailedSubtask named(const Subtask& subtask) {
  FailedSubtask failed{.id = bounded(shown_id(subtask.id)), .checks = {}};
  for (const Check& check : subtask.checks) {
    if (failed.checks.size() == kChecksNamed) break;
    if (!check.show_name.empty()) {
      failed.checks.push_back(bounded(check.show_name));
    } else if (check.id) {
      failed.checks.push_back(fmt::format("check {}", *check.id));
    }
  }
  return failed;
}

}  // namespace

std::uint64_t SubtaskSummary::total() const {
  return std::accumulate(by_status.begin(), by_status.end(), std::uint64_t{0});
}

void SubtaskTally::add(const SubtaskPage& page) {
  for (const Subtask& subtask : page.subtasks) {
    const auto [known, is_new] = seen_.try_emplace(std::string(shown_id(subtask.id)), subtask.status_code);
    if (!is_new) {
      if (is_over(known->second) || !is_over(subtask.status_code)) continue;
      --summary_.by_status[subtask_status(std::exchange(known->second, subtask.status_code))];
    }
    count(subtask);
  }
}

void SubtaskTally::count(const Subtask& subtask) {
  ++summary_.by_status[subtask_status(subtask.status_code)];
  const bool failed = subtask.status_code == kSubtaskFailed;
  if (failed && summary_.failed.size() < kFailedNamed) summary_.failed.push_back(named(subtask));
}

}  // namespace sas::tasks
