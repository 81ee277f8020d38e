// SPDX-License-Identifier: Apache-2.0
#pragma once
// The daemon as a service of systemd, Type=notify: when it is ready, what it is doing, and that it is not
// stuck. Where nobody asked to be told, all of it does nothing.

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/time.hpp"
#include "policy/activity.hpp"
#include "runtime/logging.hpp"
#include "runtime/task_group.hpp"

namespace sas::app {

namespace asio = boost::asio;

class Service {
 public:
  /// Asked at any time from the loop; must not wait.
  struct Ask {
    std::function<bool()> alive;  // whether all get on: only then is the watchdog fed
    std::function<policy::Activity()> activity;
  };

  /// `log` must outlive it.
  Service(Ask ask, runtime::Log& log);

  /// The listeners stand and the configuration is accepted. What goes on telling runs in `loops`, on the one
  /// loop that everything runs on: where that is stuck, the watchdog starves.
  void ready(runtime::TaskGroup& loops);

  /// Around a reload, however it ends.
  void reloading();
  void reloaded();

  void stopping();

 private:
  asio::awaitable<void> keep_feeding(Monotonic::duration every);
  asio::awaitable<void> keep_telling();
  std::string status();
  void tell(const std::string& assignments);

  Ask ask_;
  runtime::Log& log_;
  bool supervised_;
  bool unheard_ = false;                  // the log says already that nobody could be told
  std::optional<policy::Activity> told_;  // by the last STATUS=
};

}  // namespace sas::app
