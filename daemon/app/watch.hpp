// SPDX-License-Identifier: Apache-2.0
#pragma once
// All targets at work: what each needs, made from the settings in the order in which the data flows.

#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include "alerts/dispatcher.hpp"
#include "app/key_sources.hpp"
#include "app/look.hpp"
#include "cloud/call_budgets.hpp"
#include "cloud/operations_source.hpp"
#include "exposition/scrape.hpp"
#include "http/client.hpp"
#include "polling/scheduler.hpp"
#include "polling/state_keeper.hpp"
#include "runtime/logging.hpp"
#include "runtime/task_group.hpp"
#include "settings/settings.hpp"
#include "snapshot/store.hpp"
#include "telemetry/registry.hpp"
#include "telemetry/target_metrics.hpp"
#include "web/site.hpp"

namespace sas::app {

namespace asio = boost::asio;

class Watch {
 public:
  /// Keys are fetched in `fetches`. It and `log` must outlive the watch.
  Watch(asio::any_io_executor executor, const settings::Settings& settings, runtime::Log& log,
        runtime::TaskGroup& fetches);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// Recalls what was kept, then starts a loop for each target, the first of them at `first` or later.
  asio::awaitable<void> start(runtime::TaskGroup& loops, Instant first);

  /// Starts whoever delivers what the polls tell.
  void start_sinks(runtime::TaskGroup& loops) { dispatcher_.start(loops); }

  /// Writes down and tells what is left, when the polls have ended.
  void finish();

  /// Gives the sinks until `deadline` to deliver what they were told.
  asio::awaitable<void> flush(Instant deadline);

  /// One state of everything, for one scrape.
  exposition::Scrape scrape(exposition::Format format);

  /// The same without what concerns this process and would mean nothing after its end.
  exposition::Scrape scrape_targets(exposition::Format format);

  /// Polls each target once, all at the same time, in `polls`. In the order of the settings.
  asio::awaitable<std::vector<Look>> look(runtime::TaskGroup& polls);

  [[nodiscard]] web::Health health() const;

 private:
  struct Watched;

  void restore(snapshot::TargetState state);

  /// The series of the targets whose values are not stale; takes the counts of the others out of the metrics.
  std::vector<tasks::PublishedGauges> fresh_tasks();

  settings::Settings settings_;
  runtime::Log& log_;
  std::function<double()> random_;  // numbers in [0, 1)
  telemetry::Registry registry_;
  std::unique_ptr<http::Client> client_;
  alerts::Dispatcher dispatcher_;
  std::unique_ptr<snapshot::Store> store_;   // null: memory only
  std::unique_ptr<asio::thread_pool> disk_;  // one thread for the store's work; null as it is
  polling::StateKeeper keeper_;
  cloud::CallBudgets budgets_;
  KeySources key_sources_;
  std::vector<std::unique_ptr<Watched>> targets_;
};

}  // namespace sas::app
