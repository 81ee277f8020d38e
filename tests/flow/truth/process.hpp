// SPDX-License-Identifier: Apache-2.0
#pragma once
// One process that watches one target, on virtual time: everything that the daemon puts together but the
// sockets, and a note of all that it saw and told.

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alerts/dispatcher.hpp"
#include "cloud/call_budgets.hpp"
#include "cloud/signed_operations_source.hpp"
#include "credentials/provider.hpp"
#include "flow/truth/direct_client.hpp"
#include "flow/truth/judge.hpp"
#include "flow/truth/mortal_store.hpp"
#include "flow/truth/plan.hpp"
#include "policy/key_health.hpp"
#include "polling/scheduler.hpp"
#include "polling/state_keeper.hpp"
#include "runtime/task_group.hpp"
#include "support/plain_sink.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::flow {

/// What was told, in the order in which it was.
struct Told {
  std::string task_id;
  ToldStep step;
};

/// Wraps what a process is made of, so that a test can break it.
struct Tampering {
  std::function<std::unique_ptr<cloud::OperationsSource>(std::unique_ptr<cloud::OperationsSource>)> source;
  std::function<std::vector<Told>(Told)> telling;
  bool loses_ticks = false;  // that news was told does not get into the state file
};

class Process {
 public:
  /// `text`: what the state file holds.
  Process(boost::asio::any_io_executor executor, const Plan& plan, DirectClient& client, std::string text,
          const Tampering& tampering);

  /// Reads the file, then polls until it is stopped.
  void start();

  /// Asks it to end. It has when group().size() is 0.
  void stop() { group_.request_stop(); }
  [[nodiscard]] bool has_ended() const { return group_.size() == 0; }

  /// What the daemon does last, if it is not killed.
  void keep_now() { keeper_.keep_now(watched_.pipeline()); }

  /// Notes a complete poll that has ended since the last call.
  void note_look(std::vector<Look>& looks);

  MortalStore& store() { return store_; }
  [[nodiscard]] const std::vector<Told>& told() const { return told_; }

 private:
  class Sink;

  boost::asio::awaitable<void> run();
  cloud::OperationsSource& wrapped_source();
  std::vector<std::unique_ptr<alerts::Sink>> sinks();

  Plan plan_;
  Tampering tampering_;
  MortalStore store_;
  std::vector<Told> told_;
  runtime::Log log_{runtime::Level::error, runtime::Layout::logfmt};
  telemetry::Registry registry_;
  telemetry::TargetMetrics metrics_{registry_, "production"};
  policy::KeyHealth key_;
  alerts::Dispatcher dispatcher_;
  polling::StateKeeper keeper_;
  cloud::CallBudgets budgets_;
  std::mt19937_64 random_;
  std::unique_ptr<cloud::OperationsSource> source_;
  polling::WatchedTarget watched_;
  runtime::TaskGroup group_;
  std::optional<Instant> last_look_;
};

}  // namespace sas::flow
