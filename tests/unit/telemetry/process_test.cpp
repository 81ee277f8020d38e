// SPDX-License-Identifier: Apache-2.0
#include "telemetry/process.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace sas::telemetry {
namespace {

TEST(Process, ReadsWhatTheKernelTells) {
  const ProcessUse use = read_process();
  EXPECT_GE(use.cpu_seconds.value(), 0);
  EXPECT_GT(use.resident_memory_bytes.value(), 100'000);
  EXPECT_GT(use.virtual_memory_bytes.value(), *use.resident_memory_bytes);
  EXPECT_GT(use.max_fds.value(), use.open_fds.value());
  EXPECT_GT(use.start_time_seconds.value(), 1.7e9);
}

TEST(Process, CountsItsOpenFiles) {
  const double before = read_process().open_fds.value();
  const std::ifstream file("/proc/self/stat");
  EXPECT_EQ(read_process().open_fds.value(), before + 1);
}

TEST(Process, WhatIsNotKnownHasNoFamily) {
  ProcessUse use;
  use.open_fds = 3;
  const auto families = process_families(use);
  ASSERT_EQ(families.size(), 1U);
  EXPECT_EQ(families[0].name, "process_open_fds");
}

}  // namespace
}  // namespace sas::telemetry
