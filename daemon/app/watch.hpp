// SPDX-License-Identifier: Apache-2.0
#pragma once
// All targets at work: what each needs, made from the settings in the order in which the data flows.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>

#include "alerts/dispatcher.hpp"
#include "alerts/surroundings.hpp"
#include "app/key_sources.hpp"
#include "app/look.hpp"
#include "cloud/call_budgets.hpp"
#include "cloud/operations_source.hpp"
#include "exposition/scrape.hpp"
#include "http/client.hpp"
#include "policy/activity.hpp"
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

  /// Before that a reload is too early.
  [[nodiscard]] bool has_started() const { return loops_ != nullptr; }

  /// Goes on with other settings: what is the same in them goes on as it is, with its state, its connections
  /// and its schedule. A target that has other settings under the same name and endpoint keeps its state;
  /// those with another endpoint begin afresh. Throws before anything has changed, or not at all. The state
  /// file stays the one that it was.
  void reload(settings::Settings next);

  telemetry::Registry& registry() { return registry_; }

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
  [[nodiscard]] policy::Activity activity() const;

 private:
  struct Watched;

  void restore(snapshot::TargetState state);
  static void begin_afresh(Watched& watched, std::uint64_t last_number);
  void announce(const settings::WatchedTarget& watched);
  void spawn(const std::shared_ptr<Watched>& watched, Instant first);
  asio::awaitable<void> keep_watching(std::shared_ptr<Watched> watched, Instant first);

  void exchange_sinks(const settings::Alerts& before, const std::set<std::string>& kept,
                      std::vector<std::unique_ptr<alerts::Sink>> added);
  void change(Watched& watched, bool same_limits);
  void add_missing();

  [[nodiscard]] alerts::Surroundings for_sinks() {
    return {.http = *client_, .registry = registry_, .log = log_, .random = random_};
  }

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
  runtime::TaskGroup* loops_ = nullptr;  // of the targets; null: not started
  std::vector<std::shared_ptr<Watched>> targets_;
  std::map<std::string, std::uint64_t> last_numbers_;  // of the news of those that have left, by name
};

}  // namespace sas::app
