// SPDX-License-Identifier: Apache-2.0
#include "app/service.hpp"

#include <utility>

#include "runtime/clock.hpp"
#include "runtime/sd_notify.hpp"
#include "runtime/timer.hpp"

namespace sas::app {
namespace {

// Each message wakes the service manager; nobody looks more often.
constexpr std::chrono::seconds kBetweenStatuses{5};

}  // namespace

Service::Service(Ask ask, runtime::Log& log)
    : ask_(std::move(ask)), log_(log), supervised_(runtime::is_supervised()) {}

void Service::ready(runtime::TaskGroup& loops) {
  if (!supervised_) return;
  tell("READY=1\n" + status());
  loops.spawn("status for systemd", keep_telling());
  // Half of what is allowed, as sd_watchdog_enabled(3) advises.
  if (const auto patience = runtime::watchdog_patience())
    loops.spawn("watchdog of systemd", keep_feeding(*patience / 2));
}

void Service::reloading() {
  if (supervised_) tell(runtime::reloading_since(runtime::Clock::now()));
}

void Service::reloaded() {
  if (supervised_) tell("READY=1\n" + status());
}

void Service::stopping() {
  if (supervised_) tell("STOPPING=1");
}

asio::awaitable<void> Service::keep_feeding(Monotonic::duration every) {
  while (true) {
    if (ask_.alive()) tell("WATCHDOG=1");
    // A timer of the loop, so that a loop that is stuck feeds nobody.
    co_await runtime::sleep_for(every);
  }
}

asio::awaitable<void> Service::keep_telling() {
  while (true) {
    // A timer of the loop; systemd need not hear of every task.
    co_await runtime::sleep_for(kBetweenStatuses);
    if (ask_.activity() != told_) tell(status());
  }
}

std::string Service::status() {
  told_ = ask_.activity();
  return "STATUS=" + policy::describe(*told_, runtime::Clock::now(), runtime::wall_now());
}

void Service::tell(const std::string& assignments) {
  const bool heard = runtime::notify(assignments);
  if (!heard && !std::exchange(unheard_, true))
    log_.warn("systemd cannot be told how the service does", {{"message", assignments}});
  if (heard) unheard_ = false;
}

}  // namespace sas::app
