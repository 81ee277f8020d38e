// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/task_life.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

constexpr StatusCode kUnknownStatus = 7;
constexpr Milliseconds kAhead = std::chrono::minutes{10};

std::string task_id(std::uint64_t key) {
  const std::uint64_t high = combine(key, 1);
  const std::uint64_t low = combine(key, 2);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, (high >> 16U) & 0xffffU,
                     (high & 0xfffU) | 0x4000U, (low >> 48U & 0x3fffU) | 0x8000U, low & 0xffffffffffffU);
}

Milliseconds within(Random& random, const Range<Milliseconds>& range) {
  return Milliseconds{random.between(range.least.count(), range.most.count())};
}

Ending choose_ending(const Workload& workload, double chance) {
  double sum = 0;
  for (const double weight : workload.endings)
    sum += weight;
  double left = chance * sum;
  for (std::size_t i = 0; i < kEndings; ++i) {
    if (left < workload.endings[i]) return static_cast<Ending>(i);
    left -= workload.endings[i];
  }
  return Ending::complete;
}

Time at_share(Time begin, Milliseconds span, double share) {
  return begin + Milliseconds{std::llround(static_cast<double>(span.count()) * share)};
}

/// Fills in the work from the start on: where it bends, where it stalls, when it ends for the first time.
void decide_run(TaskLife& life, const Workload& workload, Ending ending, Random& random) {
  const Milliseconds run = std::max(within(random, workload.runs), Milliseconds{1});
  const bool stalls = random.unit() < workload.stall_probability;
  const Milliseconds stall = stalls ? within(random, workload.stall_for) : Milliseconds{0};
  const bool unfinished = ending == Ending::timed_out || ending == Ending::late_completion;
  const double reached = unfinished ? 0.2 + 0.75 * random.unit() : 1.0;
  const double bend = stalls || ending == Ending::never_ends ? workload.stall_at : 0.3 + 0.4 * random.unit();
  const Time bends_at = at_share(life.started, run, 0.3 + 0.4 * random.unit());
  const double bend_done = std::min(bend, reached);
  life.progress[0] = {life.started, 0};
  life.progress[1] = {bends_at, bend_done};
  life.progress[2] = {bends_at + stall, bend_done};
  life.progress[3] = {life.started + run + stall, reached};
  if (ending == Ending::never_ends) {
    life.progress[2] = life.progress[3] = {kNever, bend_done};
    return;
  }
  life.ended = life.progress[3].at;
}

std::int64_t whole(std::int64_t total, double done) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(total) * done + 1e-9));
}

using Statuses = std::vector<std::optional<StatusCode>>;

/// The states after the run, from the first end on.
Statuses after_the_run(Ending ending) {
  switch (ending) {
    case Ending::complete:
      return {kComplete};
    case Ending::timed_out:
      return {kTimedOut};
    case Ending::late_completion:
      return {kTimedOut, kComplete};
    case Ending::reopened:
      return {kComplete, kRunning, kComplete};
    case Ending::requeued:
      return {kNotStarted, kRunning, kComplete};
    case Ending::unknown_between:
      return {kUnknownStatus, kComplete};
    case Ending::vanishes:
      return {std::nullopt};
    case Ending::comes_back:
      return {std::nullopt, kRunning, kComplete};
    default:
      return {};
  }
}

void decide_steps(TaskLife& life, const WorldRules& rules, Ending ending, Random& random) {
  std::size_t count = 0;
  const auto add = [&](Time at, std::optional<StatusCode> status) { life.steps[count++] = {at, status}; };
  const Workload& kind = rules.workloads[life.workload];
  add(life.created, kNotStarted);
  if (life.started != kNever) add(life.started, kRunning);
  if (ending == Ending::timed_out_waiting) add(life.ended, kTimedOut);
  if (ending == Ending::vanishes_waiting) add(life.ended, std::nullopt);
  Time at = life.ended;
  for (const std::optional<StatusCode>& status : after_the_run(ending)) {
    add(at, status);
    at += std::max(within(random, kind.waits), Milliseconds{1});
  }
  const LifeStep last = life.steps[count - 1];
  if (rules.forget_after && is_end(last.status)) add(last.at + *rules.forget_after, std::nullopt);
}

/// The numbers that are odd. Drawn last: lives are what they were before there was such a thing.
void decide_oddities(TaskLife& life, const Workload& kind, Random& random) {
  life.progress_falls = random.unit() < kind.progress_falls;
  life.totals_grow = random.unit() < kind.totals_grow;
  life.clock_ahead = random.unit() < kind.clock_ahead;
}

/// The share of the run that is over; 1 after the first end.
double run_share(const TaskLife& life, Time now) {
  if (now >= life.ended) return 1;
  if (life.ended == kNever || now <= life.started) return 0;
  return static_cast<double>((now - life.started).count()) /
         static_cast<double>((life.ended - life.started).count());
}

bool has_fallen(const TaskLife& life, Time now) {
  const double share = run_share(life, now);
  return life.progress_falls && share > 1.0 / 3 && share < 2.0 / 3;
}

}  // namespace

TaskLife decide_life(const WorldRules& rules, std::uint32_t workload, std::uint64_t seed, std::int64_t number,
                     Time created) {
  const Workload& kind = rules.workloads[workload];
  TaskLife life;
  life.key = combine(combine(seed, workload), static_cast<std::uint64_t>(number));
  life.id = task_id(life.key) + rules.task_id_suffix;
  life.workload = workload;
  life.created = created;
  Random random(life.key);
  life.items = random.between(kind.items.least, kind.items.most);
  life.subtasks = random.between(kind.subtasks.least, kind.subtasks.most);
  const Ending ending = choose_ending(kind, random.unit());
  if (ending != Ending::never_starts) {
    const Time turn = created + std::max(within(random, kind.waits), Milliseconds{1});
    if (ending == Ending::timed_out_waiting || ending == Ending::vanishes_waiting) {
      life.ended = turn;
    } else {
      life.started = turn;
      decide_run(life, kind, ending, random);
    }
  }
  decide_steps(life, rules, ending, random);
  decide_oddities(life, kind, random);
  return life;
}

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
  if (life.started == kNever || now <= life.started) return 0;
  if (status_at(life, now) == kComplete) return 1;
  for (std::size_t i = 1; i < life.progress.size(); ++i) {
    const Waypoint& from = life.progress[i - 1];
    const Waypoint& to = life.progress[i];
    if (now >= to.at) continue;
    if (to.at == kNever) return from.done;
    const auto passed = static_cast<double>((now - from.at).count());
    const double done =
        from.done + (to.done - from.done) * passed / static_cast<double>((to.at - from.at).count());
    return has_fallen(life, now) ? done / 2 : done;
  }
  return life.progress.back().done;
}

Time time_of_progress(const TaskLife& life, double done) {
  if (life.started == kNever) return kNever;
  if (done <= 0) return life.started;
  for (std::size_t i = 1; i < life.progress.size(); ++i) {
    const Waypoint& from = life.progress[i - 1];
    const Waypoint& to = life.progress[i];
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
  const double done = progress_at(life, now);
  const double there = life.totals_grow ? (1 + run_share(life, now)) / 2 : 1.0;
  const Milliseconds shift = life.clock_ahead ? kAhead : Milliseconds{0};
  Row row{.task_id = life.id, .task_type = kind.type, .task_source = kind.source};
  row.status_code = step.status.value_or(kNotStarted);
  row.total_count = whole(life.items, there);
  row.finish_count = whole(row.total_count, done);
  row.detail_task_total_count = whole(life.subtasks, there);
  row.detail_task_ready_count = whole(row.detail_task_total_count, done);
  row.create_time = life.created + shift;
  const bool has_started = now >= life.started && row.status_code != kNotStarted;
  if (has_started) row.start_time = life.started + shift;
  const bool plans =
      rules.unfinished_times == UnfinishedTimes::planned && now >= life.started && life.ended != kNever;
  if (is_end(step.status)) {
    row.end_time = step.at + shift;
  } else if (plans) {
    row.end_time = life.ended + shift;
  }
  return row;
}

Time next_step(const TaskLife& life, Time now) {
  for (const LifeStep& step : life.steps) {
    if (step.at > now) return step.at;
  }
  return kNever;
}

}  // namespace sas::simulator
