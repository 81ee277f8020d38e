// SPDX-License-Identifier: Apache-2.0
#include "runtime/sd_notify.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/notify_socket.hpp"

namespace sas::runtime {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

class SdNotify : public testing::Test {
 protected:
  ~SdNotify() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
      ::unsetenv(name);
  }
};

TEST_F(SdNotify, WhatIsSentArrivesAsOneMessage) {
  support::NotifySocket manager;
  EXPECT_TRUE(is_supervised());
  EXPECT_TRUE(notify("READY=1\nSTATUS=2 targets"));
  EXPECT_THAT(manager.heard(), ElementsAre("READY=1\nSTATUS=2 targets"));
}

TEST_F(SdNotify, WhereNobodyAskedNothingIsSentAndNothingIsWrong) {
  EXPECT_FALSE(is_supervised());
  EXPECT_TRUE(notify("READY=1"));
  ::setenv("NOTIFY_SOCKET", "", 1);
  EXPECT_FALSE(is_supervised());
}

TEST_F(SdNotify, WhoAskedAndIsGoneCannotBeTold) {
  ::setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1);
  EXPECT_TRUE(is_supervised());
  EXPECT_FALSE(notify("READY=1"));
}

TEST_F(SdNotify, TheWatchdogCountsForThisProcessOnly) {
  EXPECT_FALSE(watchdog_patience());
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(watchdog_patience(), seconds{30});
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(watchdog_patience(), seconds{30});
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_FALSE(watchdog_patience());
}

TEST_F(SdNotify, AReloadSaysWhenItBegan) {
  EXPECT_EQ(reloading_since(Instant{std::chrono::nanoseconds{12'345'678'901}}),
            "RELOADING=1\nMONOTONIC_USEC=12345678");
}

}  // namespace
}  // namespace sas::runtime
