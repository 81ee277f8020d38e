// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/task_life.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "simulator/world/random.hpp"

namespace sas::simulator {
namespace {

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

/// Fills in everything from the start on: where it bends, where it stalls, when and how it ends.
void decide_run(TaskLife& life, const Workload& workload, Ending ending, Random& random) {
  const Milliseconds run = std::max(within(random, workload.runs), Milliseconds{1});
  const bool stalls = random.unit() < workload.stall_probability;
  const Milliseconds stall = stalls ? within(random, workload.stall_for) : Milliseconds{0};
  const double reached = ending == Ending::timed_out ? 0.2 + 0.75 * random.unit() : 1.0;
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
  life.end_status = ending == Ending::timed_out ? kTimedOut : kComplete;
}

std::int64_t whole(std::int64_t total, double done) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(total) * done + 1e-9));
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
  if (ending == Ending::never_starts) return life;
  const Time turn = created + std::max(within(random, kind.waits), Milliseconds{1});
  if (ending == Ending::timed_out_waiting) {
    life.ended = turn;
    life.end_status = kTimedOut;
  } else {
    life.started = turn;
    decide_run(life, kind, ending, random);
  }
  if (rules.forget_after && life.ended != kNever) life.forgotten = life.ended + *rules.forget_after;
  return life;
}

StatusCode status_at(const TaskLife& life, Time now) {
  if (now >= life.ended) return life.end_status;
  return now >= life.started ? kRunning : kNotStarted;
}

double progress_at(const TaskLife& life, Time now) {
  if (life.started == kNever || now <= life.started) return 0;
  for (std::size_t i = 1; i < life.progress.size(); ++i) {
    const Waypoint& from = life.progress[i - 1];
    const Waypoint& to = life.progress[i];
    if (now >= to.at) continue;
    if (to.at == kNever) return from.done;
    const auto passed = static_cast<double>((now - from.at).count());
    return from.done + (to.done - from.done) * passed / static_cast<double>((to.at - from.at).count());
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
  const double done = progress_at(life, now);
  Row row{.task_id = life.id, .task_type = kind.type, .task_source = kind.source};
  row.status_code = status_at(life, now);
  row.total_count = life.items;
  row.finish_count = whole(life.items, done);
  row.detail_task_total_count = life.subtasks;
  row.detail_task_ready_count = whole(life.subtasks, done);
  row.create_time = life.created;
  if (now >= life.started) row.start_time = life.started;
  const bool plans =
      rules.unfinished_times == UnfinishedTimes::planned && now >= life.started && life.ended != kNever;
  if (now >= life.ended || plans) row.end_time = life.ended;
  return row;
}

Time next_step(const TaskLife& life, Time now) {
  Time next = kNever;
  for (const Time step : {life.created, life.started, life.ended, life.forgotten}) {
    if (step > now) next = std::min(next, step);
  }
  return next;
}

}  // namespace sas::simulator
