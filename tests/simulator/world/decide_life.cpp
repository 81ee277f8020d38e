// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/decide_life.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
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

/// Whether the work is not all done when the run ends for the first time.
bool is_cut_short(Ending ending) {
  return ending != Ending::complete && ending != Ending::reopened && ending != Ending::never_ends;
}

/// Fills in the work from the start on: where it bends, where it stalls, when it ends for the first time.
void decide_run(TaskLife& life, const Workload& workload, Ending ending, Random& random) {
  const Milliseconds run = std::max(within(random, workload.runs), Milliseconds{1});
  const bool stalls = random.unit() < workload.stall_probability;
  const Milliseconds stall = stalls ? within(random, workload.stall_for) : Milliseconds{0};
  const double reached = is_cut_short(ending) ? 0.2 + 0.75 * random.unit() : 1.0;
  const double bend = stalls || ending == Ending::never_ends ? workload.stall_at : 0.3 + 0.4 * random.unit();
  const Time bends_at = at_share(life.started, run, 0.3 + 0.4 * random.unit());
  const double bend_done = std::min(bend, reached);
  life.progress[0] = {life.started, 0};
  life.progress[1] = {bends_at, bend_done};
  if (ending == Ending::never_ends) return;
  life.progress[2] = {bends_at + stall, bend_done};
  life.progress[3] = {life.started + run + stall, reached};
  life.ended = life.progress[3].at;
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

/// The steps from birth on, with the lists' forgetting.
void decide_steps(TaskLife& life, const WorldRules& rules, Ending ending, Random& random) {
  std::size_t count = 0;
  const auto add = [&](Time at, std::optional<StatusCode> status) { life.steps.at(count++) = {at, status}; };
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

/// The work after the run's first end. It goes on, also unseen or after a time-out, and is all done at the
/// completion; a task that went back to waiting does it again from the beginning.
void decide_rest(TaskLife& life) {
  std::size_t count = 4;
  std::optional<StatusCode> before;
  for (const LifeStep& step : life.steps) {
    if (step.at > life.ended && step.at != kNever) {
      if (step.status == kRunning && before == kNotStarted) life.progress.at(count++) = {step.at, 0};
      if (step.status == kComplete) life.progress.at(count++) = {step.at, 1};
    }
    before = step.status;
  }
}

/// The numbers that are odd. Drawn last, so that they change nothing about the steps.
void decide_oddities(TaskLife& life, const Workload& kind, Random& random) {
  life.items_fall = random.unit() < kind.progress_falls;
  life.totals_grow = random.unit() < kind.totals_grow;
  if (random.unit() < kind.clock_ahead) life.clock_ahead = kAhead;
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
  decide_rest(life);
  decide_oddities(life, kind, random);
  return life;
}

}  // namespace sas::simulator
