// SPDX-License-Identifier: Apache-2.0
#pragma once
// One target at work, as Watch puts it together.

#include <memory>
#include <string>

#include "app/limits.hpp"
#include "app/watch.hpp"
#include "cloud/signed_operations_source.hpp"
#include "policy/key_health.hpp"

namespace sas::app {

// What one target needs of its own, in the order in which the data flows.
struct Watch::Watched {
  Watched(const settings::WatchedTarget& wanted, Watch& watch)
      : settings(wanted),
        metrics(watch.registry_, wanted.target.name),
        source(make_source(watch)),
        target(wanted.target, limits(watch.settings_), *source, metrics, watch.dispatcher_, key,
               watch.keeper_, watch.log_) {
    metrics.asks(wanted.target.site, wanted.target.endpoint);
  }

  /// What is watched under the same name from the next poll on; its endpoint stays.
  void change(const settings::WatchedTarget& wanted, Watch& watch) {
    settings = wanted;
    metrics.asks(wanted.target.site, wanted.target.endpoint);
    target.change({.target = wanted.target, .limits = limits(watch.settings_), .source = make_source(watch)});
  }

  [[nodiscard]] const std::string& name() const { return settings.target.name; }

  asio::awaitable<void> look(Look& look);

  settings::WatchedTarget settings;
  telemetry::TargetMetrics metrics;
  policy::KeyHealth key;
  std::unique_ptr<cloud::OperationsSource> source;  // of the terms that it began with
  polling::WatchedTarget target;
  bool came_later = false;  // with a reload

 private:
  std::unique_ptr<cloud::OperationsSource> make_source(Watch& watch) {
    return cloud::make_operations_source(
        call_settings(settings.target, watch.settings_.poll),
        watch.key_sources_.source_for(settings.credentials, settings.target.name, metrics, key),
        {.http = *watch.client_,
         .budgets = watch.budgets_,
         .metrics = metrics,
         .key = key,
         .log = watch.log_,
         .random = watch.random_});
  }
};

}  // namespace sas::app
