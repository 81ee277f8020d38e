// SPDX-License-Identifier: Apache-2.0
#include "app/doctor.hpp"

#include <chrono>
#include <cstdlib>
#include <exception>
#include <list>
#include <memory>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "app/key_sources.hpp"
#include "app/log.hpp"
#include "app/outside.hpp"
#include "cloud/call_budgets.hpp"
#include "doctor/examine.hpp"
#include "http/trust_store.hpp"
#include "runtime/clock.hpp"
#include "runtime/task_group.hpp"
#include "telemetry/registry.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::app {
namespace {

namespace asio = boost::asio;

[[noreturn]] void broke(const std::string&, const std::exception_ptr& failure) {
  std::rethrow_exception(failure);
}

// However many targets share a key, none has to wait for longer.
Milliseconds longest_queue(const settings::Settings& settings) {
  const auto targets = static_cast<double>(settings.targets.size());
  return std::chrono::ceil<Milliseconds>(
      std::chrono::duration<double>(targets / settings.poll.max_requests_per_second));
}

// All examinations at work: what they share.
class Practice {
 public:
  Practice(const asio::any_io_executor& executor, const settings::Settings& settings, runtime::Log& log)
      : settings_(settings),
        log_(log),
        random_(make_random()),
        client_settings_(client_settings()),
        client_(http::make_client(executor, client_settings_)),
        budgets_(settings.poll.max_requests_per_second),
        fetches_(executor, broke),
        examinations_(executor, broke),
        key_sources_({.executor = executor,
                      .http = *client_,
                      .fetches = fetches_,
                      .random = random_,
                      .variables = credentials::process_variables()},
                     log) {}

  asio::awaitable<doctor::Report> examine_all() {
    std::vector<doctor::Examined> examined(settings_.targets.size());
    for (std::size_t i = 0; i < examined.size(); ++i)
      examinations_.spawn(fmt::format("examination of target {}", settings_.targets[i].target.name),
                          examine(settings_.targets[i], examined[i]));
    co_await examinations_.join(Instant::max());
    co_return doctor::conclude(std::move(examined), settings_.poll);
  }

 private:
  asio::awaitable<void> examine(const settings::WatchedTarget& target, doctor::Examined& examined) {
    telemetry::TargetMetrics& metrics = metrics_.emplace_back(registry_, target.target.name);
    policy::KeyHealth& key = keys_.emplace_back();
    doctor::Subject subject{
        .settings = target,
        .poll = settings_.poll,
        .credentials = key_sources_.source_for(target.credentials, target.target.name, metrics, key),
        .passed_over = [this, &target] { return key_sources_.passed_over(target.credentials); },
        .sts_endpoint = sts_endpoint(target.credentials, credentials::process_variables())};
    doctor::Means means{.calls = {.http = *client_,
                                  .budgets = budgets_,
                                  .metrics = metrics,
                                  .key = key,
                                  .log = log_,
                                  .random = random_},
                        .client = client_settings_,
                        .trust = trust_,
                        .queue = longest_queue(settings_)};
    examined = co_await doctor::examine(std::move(subject), std::move(means));
  }

  const settings::Settings& settings_;
  runtime::Log& log_;
  std::function<double()> random_;
  telemetry::Registry registry_;
  std::list<telemetry::TargetMetrics> metrics_;  // nobody scrapes them; calls and keys want to be counted
  std::list<policy::KeyHealth> keys_;            // nobody judges them
  http::ClientSettings client_settings_;
  http::TrustStores trust_;
  std::unique_ptr<http::Client> client_;
  cloud::CallBudgets budgets_;
  runtime::TaskGroup fetches_;
  runtime::TaskGroup examinations_;
  KeySources key_sources_;
};

}  // namespace

int doctor(const settings::Settings& settings, const std::function<int(const doctor::Report&)>& show) {
  runtime::Log log = make_log(settings.log);
  asio::io_context context(1);
  Practice practice(context.get_executor(), settings, log);
  asio::co_spawn(context, practice.examine_all(),
                 [&](const std::exception_ptr& failure, const doctor::Report& report) {
                   if (failure) std::rethrow_exception(failure);
                   // Without destructors: a name look-up may still be under way, and one would wait for it.
                   std::_Exit(show(report));
                 });
  context.run();
  return EXIT_FAILURE;
}

}  // namespace sas::app
