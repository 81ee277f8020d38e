// SPDX-License-Identifier: Apache-2.0
#pragma once
// The loop of one target: poll, tell how it went, look after the subtasks of what ended, judge the alerts,
// wait, poll again, until it is cancelled.
//
// The wait counts from the start of a poll, so a long poll does not stretch the rhythm; it is jittered; polls
// of one target never overlap, and a failing target delays no other, since each has a loop of its own. A poll
// is never started to make up for one that was late. What throws ends the loop: it is a bug, and the task
// group reports it.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "policy/cadence.hpp"
#include "policy/health.hpp"
#include "polling/pipeline.hpp"
#include "polling/state_keeper.hpp"
#include "polling/subtask_reading.hpp"
#include "polling/target_poller.hpp"
#include "runtime/doorbell.hpp"
#include "runtime/logging.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::polling {

/// Everything that one target's loop works with. Must stay where it is while the loop runs.
class WatchedTarget {
 public:
  struct Limits {
    int page_size = 0;
    policy::CadenceLimits cadence;
    PipelineLimits pipeline;
    SubtaskLimits subtasks = {};
  };

  /// What may be exchanged while the loop runs; the target's name and endpoint may not.
  struct Terms {
    Target target;
    Limits limits;
    std::shared_ptr<cloud::OperationsSource> source;
  };

  WatchedTarget(const Target& target, const Limits& limits, cloud::OperationsSource& source,
                telemetry::TargetMetrics& metrics, alerts::Dispatcher& dispatcher,
                const policy::KeyHealth& key, StateKeeper& keeper, runtime::Log& log);
  WatchedTarget(const WatchedTarget&) = delete;
  WatchedTarget& operator=(const WatchedTarget&) = delete;

  /// Polls from `first` on, until it is cancelled, or has left. `random` gives numbers in [0, 1) for the
  /// jitter.
  asio::awaitable<void> keep_polling(Instant first, std::function<double()> random);

  /// Goes on with these terms from the next poll on, which comes when it was due, or sooner where that is
  /// what they want. A poll that is under way ends as it began.
  void change(Terms terms);

  /// Ends the loop: at once, or with the poll that is under way, when its news has been handed out. Until
  /// then leave(false) takes it back.
  void leave(bool leaving = true);
  [[nodiscard]] bool is_leaving() const { return leaving_; }

  /// One poll, told to metrics and log. What keep_polling() does again and again.
  asio::awaitable<PollReport> poll();

  [[nodiscard]] const policy::TargetHealth& health() const { return health_; }
  [[nodiscard]] Pipeline& pipeline() { return pipeline_; }

 private:
  asio::awaitable<bool> wait_for_turn();
  void take(Terms terms);
  void tell(const PollReport& report, Time started_at, Milliseconds took);
  void tell_trouble(const PollReport& report);

  std::string name_;
  policy::CadenceLimits cadence_;
  telemetry::TargetMetrics& metrics_;
  StateKeeper& keeper_;
  runtime::Log& log_;
  policy::TargetHealth health_;
  Pipeline pipeline_;
  TargetPoller poller_;
  SubtaskReading subtasks_;
  unsigned failures_ = 0;     // polls in a row that did not complete
  std::string told_trouble_;  // what the log said last about failing; empty: nothing
  runtime::Doorbell bell_;    // rung for those two
  std::optional<Terms> next_terms_;
  bool leaving_ = false;
  std::shared_ptr<cloud::OperationsSource> source_;  // of the terms; null: the first one, which is another's
};

}  // namespace sas::polling
