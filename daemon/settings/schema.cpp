// SPDX-License-Identifier: Apache-2.0
#include "settings/schema.hpp"

#include <array>

namespace sas::settings {
namespace {

constexpr std::array<Section, 9> kSections{{
    {"targets[]", "Each target is one account at one service centre."},
    {"targets[].credentials",
     "Who signs the calls to the target. Each part of a key may stand in a file instead, whose last "
     "line end does not count. Temporary keys are renewed ahead of their end."},
    {"poll", "When, how and how much to ask; the same for every target."},
    {"metrics", "What `/metrics` shows of the tasks."},
    {"alerts", "When a task is in trouble, and who is told."},
    {"alerts.sinks[]", "Where transitions and alerts go."},
    {"state", "What the daemon remembers across a restart."},
    {"web", "The daemon's own server."},
    {"log", "The daemon's own log, on standard error."},
}};

constexpr std::array<std::string_view, 5> kLaterKeys{"regions", "alerts.expect", "alerts.sinks[].url",
                                                     "alerts.sinks[].format", "targets[].regions"};

}  // namespace

std::span<const Section> sections() {
  return kSections;
}

std::span<const std::string_view> later_keys() {
  return kLaterKeys;
}

std::string_view section_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

std::string_view leaf_of(std::string_view path) {
  return path.substr(path.rfind('.') + 1);  // npos + 1 is 0
}

}  // namespace sas::settings
