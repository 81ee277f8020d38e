// SPDX-License-Identifier: Apache-2.0
#include "polling/scheduler.hpp"

#include <algorithm>
#include <utility>

#include "runtime/clock.hpp"

namespace sas::polling {

WatchedTarget::WatchedTarget(const Target& target, const Limits& limits, cloud::OperationsSource& source,
                             telemetry::TargetMetrics& metrics, alerts::Dispatcher& dispatcher,
                             const policy::KeyHealth& key, StateKeeper& keeper, runtime::Log& log)
    : name_(target.name),
      cadence_(limits.cadence),
      metrics_(metrics),
      keeper_(keeper),
      log_(log),
      pipeline_(target, limits.pipeline, metrics, dispatcher, key, log),
      poller_(target, source, pipeline_, limits.page_size,
              [this] { health_.last_sign = runtime::Clock::now(); }),
      subtasks_(limits.subtasks, source, pipeline_, log,
                [this] { health_.last_sign = runtime::Clock::now(); }) {
  health_.target = target.name;
  health_.last_sign = runtime::Clock::now();
}

asio::awaitable<void> WatchedTarget::keep_polling(Instant first, std::function<double()> random) {
  co_await keeper_.keep(pipeline_);  // what an earlier process still had to tell
  health_.next_poll = first;
  while (co_await wait_for_turn()) {
    const Instant started = runtime::Clock::now();
    const PollReport report = co_await poll();
    const policy::EndedPoll ended{.started = started,
                                  .ended = health_.last_sign,
                                  .result = report.result,
                                  .any_active = pipeline_.active() > 0,
                                  .any_absent = pipeline_.any_absent(),
                                  .failures = failures_};
    co_await keeper_.keep(pipeline_);
    metrics_.polls_skipped(policy::skipped_polls(cadence_, ended));
    health_.next_poll = policy::next_poll(cadence_, ended, random());
  }
}

// Nothing is under way here, so here changes take effect. False: it leaves.
asio::awaitable<bool> WatchedTarget::wait_for_turn() {
  while (!leaving_) {
    if (next_terms_) {
      take(std::move(*next_terms_));
      next_terms_.reset();
    }
    if (runtime::Clock::now() >= health_.next_poll) co_return true;
    co_await bell_.wait_until(health_.next_poll);
  }
  co_return false;
}

void WatchedTarget::take(Terms terms) {
  cadence_ = terms.limits.cadence;
  pipeline_.change(terms.target, terms.limits.pipeline);
  poller_.change(terms.target, *terms.source, terms.limits.page_size);
  subtasks_.change(terms.limits.subtasks, *terms.source);
  source_ = std::move(terms.source);
  health_.next_poll = std::min(health_.next_poll, runtime::Clock::now() + cadence_.interval);
}

void WatchedTarget::change(Terms terms) {
  next_terms_ = std::move(terms);
  bell_.ring();
}

void WatchedTarget::leave(bool leaving) {
  leaving_ = leaving;
  bell_.ring();
}

asio::awaitable<PollReport> WatchedTarget::poll() {
  const Instant started = runtime::Clock::now();
  const Time started_at = runtime::wall_now();
  PollReport report = co_await poller_.poll();
  const Instant ended = runtime::Clock::now();

  const bool whole = report.result == policy::PollResult::complete;
  failures_ = whole ? 0 : failures_ + 1;
  if (whole) health_.last_success = started;
  health_.tried = true;
  health_.failing = !whole;
  health_.last_sign = ended;
  tell(report, started_at, std::chrono::ceil<Milliseconds>(ended - started));
  if (whole) {
    co_await subtasks_.go_on(started_at);
  } else {
    const std::string detail = report.error ? to_string(*report.error) : std::string(report.reason);
    pipeline_.fail(started_at, policy::failure_of(report.error), detail);
  }
  pipeline_.judge(started_at);
  co_return report;
}

void WatchedTarget::tell(const PollReport& report, Time started_at, Milliseconds took) {
  const bool whole = report.result == policy::PollResult::complete;
  metrics_.poll_ended(policy::to_string(report.result), took);
  metrics_.set_up(whole);
  if (whole) metrics_.poll_succeeded_at(started_at);
  if (report.result == policy::PollResult::incomplete) metrics_.poll_incomplete(report.reason);
  log_.debug("poll ended", {{"target", name_},
                            {"result", policy::to_string(report.result)},
                            {"tasks", pipeline_.table().size()},
                            {"took_seconds", static_cast<double>(took.count()) / 1000.0}});
  if (!whole) {
    tell_trouble(report);
  } else if (!std::exchange(told_trouble_, {}).empty()) {
    log_.info("polls complete again", {{"target", name_}});
  }
}

// A trouble is told when it begins and when it changes its nature, not with every poll that it lasts.
void WatchedTarget::tell_trouble(const PollReport& report) {
  std::string nature(report.reason);
  if (report.error) nature.append(to_string(report.error->cause)).append(report.error->code);
  const bool is_new = nature != told_trouble_;
  told_trouble_ = std::move(nature);
  const std::string error = report.error ? to_string(*report.error) : std::string();
  const std::string_view cause = report.error ? to_string(report.error->cause) : report.reason;
  const std::initializer_list<runtime::Field> fields{{"target", name_},
                                                     {"result", policy::to_string(report.result)},
                                                     {"cause", cause},
                                                     {"error", error},
                                                     {"failures", failures_}};
  log_.write(is_new ? runtime::Level::warn : runtime::Level::debug, "poll did not complete",
             {fields.begin(), fields.size()});
}

}  // namespace sas::polling
