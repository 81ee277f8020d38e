// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/task_life.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace sas::simulator {
namespace {

std::int64_t whole(std::int64_t total, double done) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(total) * done + 1e-9));
}

/// The share of the run that is over; 1 after the first end.
double run_share(const TaskLife& life, Time now) {
  if (now >= life.ended) return 1;
  if (life.ended == kNever || now <= life.started) return 0;
  return static_cast<double>((now - life.started).count()) /
         static_cast<double>((life.ended - life.started).count());
}

std::int64_t items_done(const TaskLife& life, std::int64_t total, Time now) {
  const double share = run_share(life, now);
  const bool fallen = life.items_fall && share > 1.0 / 3 && share < 2.0 / 3;
  const double done = progress_at(life, now);
  return whole(total, fallen ? done / 2 : done);
}

/// The waypoints of the run that goes on at `now`, or went on last: some tasks have a second one.
std::span<const Waypoint> run_at(const TaskLife& life, Time now) {
  const auto& all = life.progress;
  const auto second = std::adjacent_find(all.begin(), all.end(), [](const Waypoint& a, const Waypoint& b) {
    return b.at != kNever && b.done < a.done;
  });
  if (second == all.end()) return all;
  const auto begin = second + 1;
  return now < begin->at ? std::span(all.begin(), begin) : std::span(begin, all.end());
}

/// The end that is to come; kNever where none is.
Time planned_end(const TaskLife& life, Time now) {
  for (const LifeStep& step : life.steps) {
    if (step.at > now && is_end(step.status)) return step.at;
  }
  return kNever;
}

}  // namespace

LifeStep step_at(const TaskLife& life, Time now) {
  LifeStep last;
  for (const LifeStep& step : life.steps) {
    if (step.at > now) break;
    last = step;
  }
  return last;
}

std::optional<StatusCode> status_at(const TaskLife& life, Time now) {
  return step_at(life, now).status;
}

bool is_end(const std::optional<StatusCode>& status) {
  return status == kComplete || status == kTimedOut;
}

double progress_at(const TaskLife& life, Time now) {
  if (status_at(life, now) == kNotStarted) return 0;
  const std::span<const Waypoint> run = run_at(life, now);
  if (run.front().at > now) return 0;
  for (std::size_t i = 1; i < run.size(); ++i) {
    const Waypoint& from = run[i - 1];
    const Waypoint& to = run[i];
    if (now >= to.at) continue;
    if (to.at == kNever) return from.done;
    const auto passed = static_cast<double>((now - from.at).count());
    return from.done + (to.done - from.done) * passed / static_cast<double>((to.at - from.at).count());
  }
  return run.back().done;
}

Time time_of_progress(const TaskLife& life, double done, Time now) {
  const std::span<const Waypoint> run = run_at(life, now);
  if (done <= 0) return run.front().at;
  for (std::size_t i = 1; i < run.size(); ++i) {
    const Waypoint& from = run[i - 1];
    const Waypoint& to = run[i];
    if (to.at == kNever) break;
    if (done > to.done + 1e-9 || to.done <= from.done) continue;
    const double share = std::min((done - from.done) / (to.done - from.done), 1.0);
    // Rounded up: at this time the progress has been reached.
    return from.at + Milliseconds{static_cast<std::int64_t>(
                         std::ceil(static_cast<double>((to.at - from.at).count()) * share))};
  }
  return kNever;
}

Row row_at(const TaskLife& life, const WorldRules& rules, Time now) {
  const Workload& kind = rules.workloads[life.workload];
  const LifeStep step = step_at(life, now);
  const double there = life.totals_grow ? (1 + run_share(life, now)) / 2 : 1.0;
  Row row{.task_id = life.id, .task_type = kind.type, .task_source = kind.source};
  row.status_code = step.status.value_or(kNotStarted);
  row.total_count = whole(life.items, there);
  row.finish_count = items_done(life, row.total_count, now);
  row.detail_task_total_count = whole(life.subtasks, there);
  row.detail_task_ready_count =
      std::min(whole(life.subtasks, progress_at(life, now)), row.detail_task_total_count);
  row.create_time = life.created + life.clock_ahead;
  const bool has_started = now >= life.started && row.status_code != kNotStarted;
  if (has_started) row.start_time = run_at(life, now).front().at + life.clock_ahead;
  const bool plans = has_started && rules.unfinished_times == UnfinishedTimes::planned;
  const Time end = is_end(step.status) ? step.at : plans ? planned_end(life, now) : kNever;
  if (end != kNever) row.end_time = end + life.clock_ahead;
  return row;
}

Time next_step(const TaskLife& life, Time now) {
  for (const LifeStep& step : life.steps) {
    if (step.at > now) return step.at;
  }
  return kNever;
}

}  // namespace sas::simulator
