// SPDX-License-Identifier: Apache-2.0
// How the targets at work go on with other settings.

#include <algorithm>
#include <utility>

#include "app/limits.hpp"
#include "app/sinks.hpp"
#include "app/watch.hpp"
#include "app/watched.hpp"
#include "runtime/clock.hpp"

namespace sas::app {

void Watch::reload(settings::Settings next) {
  std::set<std::string> kept;
  settings::Alerts changed = next.alerts;
  std::erase_if(changed.sinks, [&](const settings::Sink& sink) {
    const bool stays = next.alerts.runbook_url == settings_.alerts.runbook_url &&
                       std::ranges::find(settings_.alerts.sinks, sink) != settings_.alerts.sinks.end();
    if (stays) kept.insert(sink.name);
    return stays;
  });
  std::vector<std::unique_ptr<alerts::Sink>> added = make_sinks(changed, for_sinks());

  // All that can fail has been done.
  const settings::Settings before = std::exchange(settings_, std::move(next));
  budgets_.change(settings_.poll.max_requests_per_second);
  exchange_sinks(before.alerts, kept, std::move(added));
  for (const auto& watched : targets_)
    change(*watched, have_same_limits(before, settings_));
  add_missing();
}

void Watch::exchange_sinks(const settings::Alerts& before, const std::set<std::string>& kept,
                           std::vector<std::unique_ptr<alerts::Sink>> added) {
  for (const auto& watched : targets_) {
    for (const auto& [key, alert] : watched->target.pipeline().alerts().state().firing()) {
      for (const auto& sink : added)
        sink->recall(watched->name(), alert);
    }
  }
  dispatcher_.exchange(kept, std::move(added));
  for (const settings::Sink& sink : before.sinks)
    if (!dispatcher_.knows(sink.name)) registry_.forget_sink(sink.name);
}

// One whose endpoint has changed is another, though its name is the same: it comes when this one has gone.
void Watch::change(Watched& watched, bool same_limits) {
  const auto wanted =
      std::ranges::find(settings_.targets, watched.name(),
                        [](const settings::WatchedTarget& target) { return target.target.name; });
  const bool stays =
      wanted != settings_.targets.end() && wanted->target.endpoint == watched.settings.target.endpoint;
  if (stays != !watched.target.is_leaving()) watched.target.leave(!stays);
  if (stays && !(same_limits && *wanted == watched.settings)) watched.change(*wanted, *this);
}

void Watch::add_missing() {
  std::vector<std::shared_ptr<Watched>> added;
  for (const settings::WatchedTarget& wanted : settings_.targets) {
    const auto has_name = [&](const auto& watched) { return watched->name() == wanted.target.name; };
    if (std::ranges::any_of(targets_, has_name)) continue;
    const auto watched = std::make_shared<Watched>(wanted, *this);
    watched->came_later = true;
    if (const auto last = last_numbers_.find(wanted.target.name); last != last_numbers_.end())
      begin_afresh(*watched, last->second);
    announce(wanted);
    added.push_back(watched);
    targets_.push_back(watched);
  }
  const policy::CadenceLimits cadence = limits(settings_).cadence;
  for (std::size_t i = 0; i < added.size(); ++i)
    spawn(added[i], policy::first_poll(cadence, runtime::Clock::now(), i, added.size()));
}

}  // namespace sas::app
