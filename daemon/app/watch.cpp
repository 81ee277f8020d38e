// SPDX-License-Identifier: Apache-2.0
#include "app/watch.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/limits.hpp"
#include "app/outside.hpp"
#include "app/sinks.hpp"
#include "app/watched.hpp"
#include "policy/health.hpp"
#include "runtime/clock.hpp"
#include "telemetry/render.hpp"

namespace sas::app {
namespace {

std::unique_ptr<snapshot::Store> make_store(const settings::State& state) {
  return state.file.empty() ? nullptr : snapshot::make_file_store(state.file);
}

}  // namespace

asio::awaitable<void> Watch::Watched::look(Look& look) {
  look.at = runtime::wall_now();
  const polling::PollReport report = co_await target.poll();
  look.target = target.health().target;
  look.endpoint = target.pipeline().mark().endpoint;
  look.result = report.result;
  if (report.result != policy::PollResult::complete)
    look.trouble = report.error ? to_string(*report.error) : std::string(report.reason);
  target.pipeline().table().for_each(
      [&](tasks::Slot, const tasks::TrackedTask& tracked) { look.tasks.push_back(tracked.task); });
}

Watch::Watch(asio::any_io_executor executor, const settings::Settings& settings, runtime::Log& log,
             runtime::TaskGroup& fetches)
    : settings_(settings),
      log_(log),
      random_(make_random()),
      client_(http::make_client(executor, client_settings())),
      dispatcher_(make_sinks(settings.alerts, for_sinks())),
      store_(make_store(settings.state)),
      disk_(store_ ? std::make_unique<asio::thread_pool>(1) : nullptr),
      keeper_(store_.get(), disk_ ? asio::any_io_executor(disk_->get_executor()) : executor, registry_, log),
      budgets_(settings.poll.max_requests_per_second),
      key_sources_({.executor = executor,
                    .http = *client_,
                    .fetches = fetches,
                    .random = random_,
                    .variables = credentials::process_variables()},
                   log) {
  for (const settings::WatchedTarget& target : settings_.targets) {
    targets_.push_back(std::make_shared<Watched>(target, *this));
  }
}

Watch::~Watch() = default;

asio::awaitable<void> Watch::start(runtime::TaskGroup& loops, Instant first) {
  for (const settings::WatchedTarget& target : settings_.targets)
    announce(target);
  registry_.config_read(true, runtime::wall_now());
  std::vector<std::string> names;
  for (const auto& watched : targets_)
    names.push_back(watched->name());
  std::vector<snapshot::TargetState> states = co_await keeper_.load(names);
  for (snapshot::TargetState& state : states)
    restore(std::move(state));
  loops_ = &loops;
  const policy::CadenceLimits cadence = limits(settings_).cadence;
  for (std::size_t i = 0; i < targets_.size(); ++i)
    spawn(targets_[i], policy::first_poll(cadence, first, i, targets_.size()));
}

void Watch::announce(const settings::WatchedTarget& watched) {
  log_.info("watching", {{"target", watched.target.name},
                         {"site", watched.target.site.empty() ? "none" : watched.target.site},
                         {"region", watched.region.empty() ? "any" : watched.region},
                         {"endpoint", watched.target.endpoint}});
}

void Watch::spawn(const std::shared_ptr<Watched>& watched, Instant first) {
  loops_->spawn(fmt::format("poller of target {}", watched->name()), keep_watching(watched, first));
}

asio::awaitable<void> Watch::keep_watching(std::shared_ptr<Watched> watched, Instant first) {
  co_await watched->target.keep_polling(first, random_);
  log_.info("no longer watching", {{"target", watched->name()}});
  last_numbers_[watched->name()] = watched->target.pipeline().mark().last_number;
  key_sources_.leave(watched->name());
  std::erase(targets_, watched);
  watched.reset();  // with its series: another of its name may have been waiting for that
  add_missing();
}

void Watch::restore(snapshot::TargetState state) {
  const std::string name = state.mark.target;
  for (const auto& watched : targets_) {
    polling::Pipeline& pipeline = watched->target.pipeline();
    const snapshot::TargetMark own = pipeline.mark();
    if (own.target != name) continue;
    if (own.endpoint != state.mark.endpoint) {
      log_.warn("the target has another endpoint than the state file says; starting from a baseline",
                {{"target", name}, {"endpoint", own.endpoint}, {"was", state.mark.endpoint}});
      begin_afresh(*watched, state.mark.last_number);
      return;
    }
    log_.info("going on from the state file",
              {{"target", name}, {"tasks", state.tasks.size()}, {"still_to_tell", state.untold.size()}});
    pipeline.restore(std::move(state));
    return;
  }
}

// The number may stand in the state file as told, so the next news must not have it again.
void Watch::begin_afresh(Watched& watched, std::uint64_t last_number) {
  snapshot::TargetState nothing;
  nothing.mark = watched.target.pipeline().mark();
  nothing.mark.last_number = last_number;
  watched.target.pipeline().restore(std::move(nothing));
}

void Watch::finish() {
  if (disk_) disk_->join();
  for (const auto& watched : targets_)
    keeper_.keep_now(watched->target.pipeline());
}

asio::awaitable<void> Watch::flush(Instant deadline) {
  const std::vector<std::string> left = co_await dispatcher_.flush(deadline);
  for (const std::string& sink : left) {
    log_.warn(store_ ? "not everything was delivered; the next start goes on with it"
                     : "not everything was delivered, and without a state file it is lost",
              {{"sink", sink}});
  }
}

asio::awaitable<std::vector<Look>> Watch::look(runtime::TaskGroup& polls) {
  std::vector<Look> looks(targets_.size());
  for (std::size_t i = 0; i < targets_.size(); ++i)
    polls.spawn(fmt::format("poll of target {}", targets_[i]->target.health().target),
                targets_[i]->look(looks[i]));
  co_await polls.join(Instant::max());
  co_return looks;
}

policy::Activity Watch::activity() const {
  policy::Activity activity;
  for (const auto& watched : targets_)
    activity.add(watched->target.health(), watched->target.pipeline().active());
  return activity;
}

exposition::Scrape Watch::scrape(exposition::Format format) {
  exposition::Scrape scrape{.format = format, .own_metrics = {}, .targets = fresh_tasks()};
  scrape.own_metrics = telemetry::render(registry_, format);
  return scrape;
}

exposition::Scrape Watch::scrape_targets(exposition::Format format) {
  exposition::Scrape scrape{.format = format, .own_metrics = {}, .targets = fresh_tasks()};
  scrape.own_metrics = telemetry::render(registry_.collect_own(), format);
  return scrape;
}

std::vector<tasks::PublishedGauges> Watch::fresh_tasks() {
  std::vector<tasks::PublishedGauges> fresh;
  for (const auto& watched : targets_) {
    if (watched->target.is_leaving()) continue;
    if (policy::is_stale(watched->target.health(), settings_.metrics.hold, runtime::Clock::now())) {
      watched->target.pipeline().forget_counts();
    } else {
      fresh.push_back(watched->target.pipeline().table().publish());
    }
  }
  return fresh;
}

web::Health Watch::health() const {
  // The longest that a poll in good order can go without an answer: each attempt at its limit, and the waits
  // between them.
  const Milliseconds grace =
      (settings_.poll.max_retries + 1) * (settings_.poll.request_timeout + std::chrono::minutes{1}) +
      std::chrono::minutes{1};
  web::Health health{.alive = true, .ready = true, .reason = {}};
  for (const auto& watched : targets_) {
    if (watched->target.is_leaving()) continue;
    const policy::TargetHealth& target = watched->target.health();
    if (!target.tried && !watched->came_later) {
      health.ready = false;
      health.reason = fmt::format("the first poll of target {} has not ended yet", target.target);
    }
    if (!policy::is_alive(target, grace, runtime::Clock::now())) {
      health.alive = false;
      health.reason = fmt::format("the poller of target {} makes no progress", target.target);
      break;
    }
  }
  return health;
}

}  // namespace sas::app
