// SPDX-License-Identifier: Apache-2.0
#include "app/reload.hpp"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::app {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

settings::Settings in_force() {
  settings::Settings settings;
  settings.state.file = "/var/lib/state";
  settings.web.listen_address = {"127.0.0.1:10973"};
  return settings;
}

TEST(Reload, MostOfItIsTakenWhileTheProcessRuns) {
  settings::Settings next = in_force();
  next.targets.emplace_back();
  next.poll.interval = std::chrono::minutes{5};
  next.alerts.sinks.emplace_back();
  next.metrics.max_tasks = 5;
  next.web.listen_address.emplace_back("[::1]:10973");
  next.web.telemetry_path = "/m";
  next.log.level = settings::LogLevel::debug;
  EXPECT_THAT(needs_restart(in_force(), next), IsEmpty());
}

TEST(Reload, WhatTakesARestartIsNamed) {
  const std::vector<std::pair<std::string, std::function<void(settings::Settings&)>>> cases{
      {"state.file", [](auto& next) { next.state.file = "/elsewhere"; }},
      {"web.systemd_socket", [](auto& next) { next.web.systemd_socket = true; }},
  };
  for (const auto& [key, change] : cases) {
    settings::Settings next = in_force();
    change(next);
    EXPECT_THAT(needs_restart(in_force(), next), HasSubstr(key));
  }
}

}  // namespace
}  // namespace sas::app
