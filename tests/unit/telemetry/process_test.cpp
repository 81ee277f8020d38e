// SPDX-License-Identifier: Apache-2.0
#include "telemetry/process.hpp"

#include <chrono>
#include <fstream>
#include <optional>

#include <gtest/gtest.h>

namespace sas::telemetry {
namespace {

TEST(Process, ReadsWhatTheKernelTells) {
  const ProcessUse use = read_process();
  EXPECT_GE(use.cpu_seconds.value(), 0);
  EXPECT_GT(use.resident_memory_bytes.value(), 100'000);
  EXPECT_GT(use.virtual_memory_bytes.value(), *use.resident_memory_bytes);
  EXPECT_GT(use.max_fds.value(), use.open_fds.value());
}

TEST(Process, CountsItsOpenFiles) {
  const double before = read_process().open_fds.value();
  const std::ifstream file("/proc/self/stat");
  EXPECT_EQ(read_process().open_fds.value(), before + 1);
}

TEST(Process, StartedBeforeNowAndNotAtTheEpoch) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const double start = read_start_time().value();
  EXPECT_GT(start, 1.7e9);
  // The kernel's boot time is in whole seconds.
  EXPECT_LT(start, std::chrono::duration<double>(now).count() + 1);
}

TEST(Process, WhatIsNotKnownHasNoFamily) {
  ProcessUse use;
  use.open_fds = 3;
  const auto families = process_families(use, std::nullopt);
  ASSERT_EQ(families.size(), 1U);
  EXPECT_EQ(families[0].name, "process_open_fds");
}

}  // namespace
}  // namespace sas::telemetry
