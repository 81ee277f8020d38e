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
  if (before.web.systemd_socket != next.web.systemd_socket) return sentence("web.systemd_socket");
  return {};
}

}  // namespace sas::app
