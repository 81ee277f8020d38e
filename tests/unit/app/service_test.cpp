// SPDX-License-Identifier: Apache-2.0
#include "app/service.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "support/captured_log.hpp"
#include "support/notify_socket.hpp"
#include "support/virtual_time.hpp"

namespace sas::app {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kReady =
    "READY=1\nSTATUS=1 target, 3 active tasks, last complete poll at 2026-01-02T03:04:05Z";

class ServiceOfSystemd : public support::VirtualTime {
 protected:
  ServiceOfSystemd() {
    activity_.targets = activity_.tried = 1;
    activity_.active_tasks = 3;
    activity_.last_poll = runtime::Clock::now();
  }
  ~ServiceOfSystemd() override {
    loops_.request_stop();
    run_ready();
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC"})
      ::unsetenv(name);
  }

  Service& service() {
    if (!service_)
      service_.emplace(
          Service::Ask{.alive = [this] { return alive_; }, .activity = [this] { return activity_; }},
          log_.log());
    return *service_;
  }

  /// How often the watchdog is fed in so long.
  std::size_t fed(support::NotifySocket& manager, seconds span) {
    manager.heard();
    run_for(span);
    const std::vector<std::string> heard = manager.heard();
    return static_cast<std::size_t>(std::count(heard.begin(), heard.end(), "WATCHDOG=1"));
  }

  bool alive_ = true;
  policy::Activity activity_;
  support::CapturedLog log_;
  runtime::TaskGroup loops_{executor(), nullptr};
  std::optional<Service> service_;
};

TEST_F(ServiceOfSystemd, IsReadyWithItsStatus) {
  support::NotifySocket manager;
  service().ready(loops_);
  EXPECT_THAT(manager.heard(), ElementsAre(kReady));
}

TEST_F(ServiceOfSystemd, TellsItsStatusWhenItChangesAndNotMoreOftenThanEveryFiveSeconds) {
  support::NotifySocket manager;
  service().ready(loops_);
  manager.heard();
  run_for(seconds{60});
  EXPECT_THAT(manager.heard(), IsEmpty());
  for (int i = 0; i < 10; ++i) {  // a change a second
    ++activity_.active_tasks;
    run_for(seconds{1});
  }
  const std::vector<std::string> heard = manager.heard();
  EXPECT_THAT(heard, SizeIs(2));
  EXPECT_EQ(heard.back(), "STATUS=1 target, 13 active tasks, last complete poll at 2026-01-02T03:04:05Z");
}

TEST_F(ServiceOfSystemd, FeedsTheWatchdogTwiceInItsPatience) {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  support::NotifySocket manager;
  service().ready(loops_);
  run_ready();
  EXPECT_THAT(manager.heard(), ElementsAre(kReady, "WATCHDOG=1"));
  EXPECT_EQ(fed(manager, seconds{60}), 4U);
}

TEST_F(ServiceOfSystemd, StarvesTheWatchdogWhileAPollerIsStuck) {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  support::NotifySocket manager;
  service().ready(loops_);
  run_ready();
  alive_ = false;
  EXPECT_EQ(fed(manager, seconds{60}), 0U);
  alive_ = true;
  EXPECT_EQ(fed(manager, seconds{60}), 4U);
}

TEST_F(ServiceOfSystemd, FeedsNoWatchdogThatIsNotThere) {
  support::NotifySocket manager;
  service().ready(loops_);
  EXPECT_EQ(fed(manager, seconds{60}), 0U);
}

TEST_F(ServiceOfSystemd, AnnouncesAReloadAndItsEnd) {
  support::NotifySocket manager;
  clock().advance(std::chrono::microseconds{1'500'001});
  service().reloading();
  activity_.targets = activity_.tried = 2;
  service().reloaded();
  EXPECT_THAT(
      manager.heard(),
      ElementsAre("RELOADING=1\nMONOTONIC_USEC=1500001",
                  "READY=1\nSTATUS=2 targets, 3 active tasks, last complete poll at 2026-01-02T03:04:05Z"));
}

TEST_F(ServiceOfSystemd, AnnouncesItsStop) {
  support::NotifySocket manager;
  service().stopping();
  EXPECT_THAT(manager.heard(), ElementsAre("STOPPING=1"));
}

TEST_F(ServiceOfSystemd, WhereNobodyAskedItDoesNothing) {
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  service().ready(loops_);
  service().reloading();
  service().reloaded();
  service().stopping();
  EXPECT_EQ(loops_.size(), 0U);
  EXPECT_THAT(log_.lines(), IsEmpty());
}

TEST_F(ServiceOfSystemd, SaysOnceThatNobodyListens) {
  ::setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1);
  service().stopping();
  service().stopping();
  EXPECT_THAT(
      log_.lines(),
      ElementsAre(R"(level=warn msg="systemd cannot be told how the service does" message="STOPPING=1")"));
}

}  // namespace
}  // namespace sas::app
