// SPDX-License-Identifier: Apache-2.0
#include "app/reload.hpp"

#include <fmt/format.h>

namespace sas::app {
namespace {

std::string sentence(std::string_view key) {
  return fmt::format(
      "{} has changed, which takes effect with a restart only: restart, or put back what it was", key);
}

}  // namespace

std::string needs_restart(const settings::Settings& before, const settings::Settings& next) {
  if (before.state != next.state) return sentence("state.file");
  if (before.web.listen_address != next.web.listen_address) return sentence("web.listen_address");
  if (before.web.telemetry_path != next.web.telemetry_path) return sentence("web.telemetry_path");
  return {};
}

}  // namespace sas::app
