// SPDX-License-Identifier: Apache-2.0
#include "settings/schema.hpp"

#include <array>

namespace sas::settings {
namespace {

constexpr std::array<Section, 11> kSections{{
    {"targets[]", "Each target is one account at one service centre."},
    {"targets[].credentials",
     "Who signs the calls to the target. Each part of a key may stand in a file instead, whose last "
     "line end does not count. Temporary keys are renewed ahead of their end."},
    {"poll", "When, how and how much to ask; the same for every target."},
    {"metrics", "What `/metrics` shows of the tasks."},
    {"alerts", "When a task is in trouble, and who is told."},
    {"alerts.expect[]",
     "An alert begins where no check of the type completed for so long, also where none ever did."},
    {"alerts.silence[]",
     "Alerts that no sink is told of: those that all of what an element gives fits, so that one without "
     "`target` holds for all targets. The metrics show them as ever. At least one of the three is needed."},
    {"alerts.sinks[]",
     "Where alerts go, and transitions. What a sink cannot deliver it tries again; sinks do not wait for "
     "each other. Addresses and secrets may stand in files, whose last line end does not count."},
    {"state", "What the daemon remembers across a restart."},
    {"web", "The daemon's own server."},
    {"log", "The daemon's own log, on standard error."},
}};

constexpr std::array<std::string_view, 2> kLaterKeys{"regions", "targets[].regions"};

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
