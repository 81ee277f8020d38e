// SPDX-License-Identifier: Apache-2.0
#include "app/watch.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/outside.hpp"
#include "app/sinks.hpp"
#include "cloud/signed_operations_source.hpp"
#include "policy/health.hpp"
#include "runtime/clock.hpp"
#include "telemetry/render.hpp"

namespace sas::app {
namespace {

std::unique_ptr<snapshot::Store> make_store(const settings::State& state) {
  return state.file.empty() ? nullptr : snapshot::make_file_store(state.file);
}

policy::AlertLimits alert_limits(const settings::Settings& settings) {
  policy::AlertLimits limits;
  limits.stalled_after = settings.alerts.stalled_after;
  limits.not_started_after = settings.alerts.not_started_after;
  limits.running_longer_than = settings.alerts.running_longer_than;
  limits.learn_durations = settings.alerts.learn_durations;
  limits.ended_for = settings.metrics.task_retention;
  limits.poll_failing_after = settings.alerts.poll_failing_after;
  limits.credentials_expiring_within = settings.alerts.credentials_expiring_within;
  limits.contract_drift_for = settings.alerts.contract_drift_for;
  for (const settings::ExpectedCheck& expected : settings.alerts.expect)
    limits.expect.push_back({.task_type = expected.task_type, .within = expected.within});
  for (const settings::Silence& silence : settings.alerts.silence)
    limits.silences.push_back(
        {.alert = silence.alert, .target = silence.target, .task_type = silence.task_type});
  return limits;
}

polling::WatchedTarget::Limits limits(const settings::Settings& settings) {
  return {.page_size = settings.poll.page_size,
          .cadence = {.interval = settings.poll.interval,
                      .idle_interval = settings.poll.idle_interval,
                      .jitter = settings.poll.jitter},
          .pipeline = {.show = {.task_series = settings.metrics.task_series,
                                .task_retention = settings.metrics.task_retention,
                                .max_tasks = static_cast<std::size_t>(settings.metrics.max_tasks)},
                       .alerts = alert_limits(settings),
                       .lookback = settings.poll.lookback},
          .subtasks = {.wanted = settings.alerts.failed_subtasks,
                       .page_size = settings.poll.page_size,
                       .retention = settings.metrics.task_retention,
                       .at_most = settings.poll.interval / 2}};
}

cloud::CallSettings call_settings(const Target& target, const settings::Poll& poll) {
  cloud::CallSettings call;
  call.target = target;
  call.request_timeout = poll.request_timeout;
  call.retry.max_retries = poll.max_retries;
  return call;
}

void announce(const settings::WatchedTarget& watched, runtime::Log& log) {
  log.info("watching", {{"target", watched.target.name},
                        {"site", watched.target.site.empty() ? "none" : watched.target.site},
                        {"region", watched.region.empty() ? "any" : watched.region},
                        {"endpoint", watched.target.endpoint}});
}

}  // namespace

// What one target needs of its own, in the order in which the data flows.
struct Watch::Watched {
  Watched(const settings::WatchedTarget& settings, Watch& watch)
      : metrics(watch.registry_, settings.target.name),
        source(cloud::make_operations_source(
            call_settings(settings.target, watch.settings_.poll),
            watch.key_sources_.source_for(settings.credentials, settings.target.name, metrics, key),
            {.http = *watch.client_,
             .budgets = watch.budgets_,
             .metrics = metrics,
             .key = key,
             .log = watch.log_,
             .random = watch.random_})),
        target(settings.target, limits(watch.settings_), *source, metrics, watch.dispatcher_, key,
               watch.keeper_, watch.log_) {
    metrics.asks(settings.target.site, settings.target.endpoint);
  }

  asio::awaitable<void> look(Look& look);

  telemetry::TargetMetrics metrics;
  policy::KeyHealth key;
  std::unique_ptr<cloud::OperationsSource> source;
  polling::WatchedTarget target;
};

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
      dispatcher_(make_sinks(settings.alerts,
                             {.http = *client_, .registry = registry_, .log = log, .random = random_})),
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
    targets_.push_back(std::make_unique<Watched>(target, *this));
  }
}

Watch::~Watch() = default;

asio::awaitable<void> Watch::start(runtime::TaskGroup& loops, Instant first) {
  for (const settings::WatchedTarget& target : settings_.targets)
    announce(target, log_);
  registry_.config_read(true, runtime::wall_now());
  std::vector<std::string> names;
  for (const auto& watched : targets_)
    names.push_back(watched->target.health().target);
  std::vector<snapshot::TargetState> states = co_await keeper_.load(names);
  for (snapshot::TargetState& state : states)
    restore(std::move(state));
  const policy::CadenceLimits cadence = limits(settings_).cadence;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    polling::WatchedTarget& target = targets_[i]->target;
    loops.spawn(fmt::format("poller of target {}", names[i]),
                target.keep_polling(policy::first_poll(cadence, first, i, targets_.size()), random_));
  }
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
      snapshot::TargetMark fresh = own;
      fresh.last_number = state.mark.last_number;  // a number that was used may stand in the file as told
      snapshot::TargetState nothing;
      nothing.mark = std::move(fresh);
      pipeline.restore(std::move(nothing));
      return;
    }
    log_.info("going on from the state file",
              {{"target", name}, {"tasks", state.tasks.size()}, {"still_to_tell", state.untold.size()}});
    pipeline.restore(std::move(state));
    return;
  }
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
    const policy::TargetHealth& target = watched->target.health();
    if (!target.tried) {
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
