// SPDX-License-Identifier: Apache-2.0
#include "flow/truth/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace sas::flow {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[between(0, static_cast<std::int64_t>(values.size()) - 1)];
  }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  double share() { return std::uniform_real_distribution<double>(0, 1)(random_); }

 private:
  std::mt19937_64 random_;
};

simulator::Workload workload_of(Dice& dice, const Plan& plan, int lives) {
  simulator::Workload workload;
  workload.type = dice.one_of<const char*>({"CHECK_ALL", "CHECK_POLICY", "CHECK_ITEM", "CHECK_SCHEDULE"});
  workload.first = -minutes{20};
  workload.count = dice.one_of<std::int64_t>({1, 1, 3, 10});
  workload.every = std::max<Milliseconds>(plan.busy * workload.count / lives, Milliseconds{1});
  workload.times = (lives + workload.count - 1) / workload.count;
  workload.jitter = *workload.every * dice.between(0, 3);
  const bool brief = dice.share() < 0.3;  // born and dead between two polls
  workload.waits = brief ? simulator::Range<Milliseconds>{Milliseconds{1}, seconds{5}}
                         : simulator::Range<Milliseconds>{seconds{1}, minutes{4}};
  workload.runs = brief ? simulator::Range<Milliseconds>{Milliseconds{1}, seconds{20}}
                        : simulator::Range<Milliseconds>{seconds{5}, minutes{15}};
  if (dice.share() < 0.5) {
    workload.endings = {6, 1, 1, 0.2, 0.2};
  } else {
    workload.endings.fill(1);
    workload.progress_falls = workload.totals_grow = 0.2;
    workload.clock_ahead = 0.1;
  }
  return workload;
}

simulator::Fault fault_of_kind(simulator::FaultKind kind, double probability) {
  simulator::Fault fault{.kind = kind,
                         .when = {},
                         .status = std::nullopt,
                         .code = {},
                         .message = std::nullopt,
                         .retry_after = std::nullopt,
                         .fields = {},
                         .value = {}};
  fault.when.probability = probability;
  return fault;
}

// Some of those that leave the truth to be known.
std::vector<simulator::Fault> faults_of(Dice& dice, double probability) {
  using simulator::FaultKind;
  std::vector<simulator::Fault> faults;
  for (const char* code : {"ServerError", "ServiceUnavailable", "Throttling.User"}) {
    if (dice.share() < 0.5) continue;
    simulator::Fault& fault = faults.emplace_back(fault_of_kind(FaultKind::error, probability));
    fault.code = code;
    if (dice.share() < 0.5) fault.retry_after = Milliseconds{dice.between(1, 20'000)};
  }
  for (const FaultKind kind :
       {FaultKind::html, FaultKind::empty, FaultKind::hang, FaultKind::reset, FaultKind::truncated_body,
        FaultKind::cut_json, FaultKind::byte_order_mark, FaultKind::numbers_as_strings,
        FaultKind::unknown_fields, FaultKind::duplicate_rows, FaultKind::shifted_pages,
        FaultKind::repeated_page, FaultKind::moving_total}) {
    if (dice.share() < 0.4) faults.push_back(fault_of_kind(kind, probability));
  }
  if (dice.share() < 0.4) {
    simulator::Fault& slow = faults.emplace_back(fault_of_kind(FaultKind::slow, probability));
    slow.delay = Milliseconds{dice.between(100, 20'000)};
  }
  if (dice.share() < 0.4) {
    simulator::Fault& nulls = faults.emplace_back(fault_of_kind(FaultKind::nulls, probability));
    nulls.fields = {"FinishCount", "DetailTaskReadyCount", "TaskSource", "EndTime"};
  }
  return faults;
}

void add_outage(Dice& dice, const Plan& plan, std::vector<simulator::Fault>& faults) {
  using simulator::FaultKind;
  simulator::Fault& outage = faults.emplace_back(
      fault_of_kind(dice.one_of({FaultKind::reset, FaultKind::hang, FaultKind::empty, FaultKind::html}), 1));
  outage.when.after = Milliseconds{dice.between(0, plan.busy.count())};
  outage.when.until = std::min<Milliseconds>(*outage.when.after + minutes{dice.between(1, 120)}, plan.busy);
}

// What is rare, but allowed.
void add_oddities(Dice& dice, Plan& plan) {
  simulator::WorldRules& world = plan.scenario.world;
  world.unfinished_times = static_cast<simulator::UnfinishedTimes>(dice.between(0, 3));
  if (dice.share() < 0.2) world.forget_after = Milliseconds{dice.between(1'000, 1'200'000)};
  if (dice.share() < 0.2) plan.scenario.service.clock_offset = seconds{dice.between(-3'600, 3'600)};
  // Where tasks go back on their ways, nobody can tell a stale row from a fresh one.
  const auto is_odd = [](const simulator::Workload& kind) { return kind.endings.back() > 0; };
  if (std::ranges::none_of(world.workloads, is_odd)) plan.stale_share = dice.one_of({0.0, 0.5});
}

}  // namespace

Plan plan_of(std::uint64_t seed, int lives) {
  Dice dice(seed);
  Plan plan;
  plan.seed = seed;
  plan.is_kind = seed % 5 == 0;
  plan.busy = minutes{dice.between(45, 180)};
  plan.longest_way = Milliseconds{dice.one_of<std::int64_t>({5, 50, 400})};
  plan.cadence.interval = seconds{dice.between(10, 90)};
  plan.cadence.idle_interval = plan.cadence.interval * dice.between(1, 3);
  plan.cadence.jitter = 0.1;
  plan.lookback = dice.one_of<Milliseconds>({minutes{15}, hours{1}, hours{24}});
  // A poll is to be over before the next one is due.
  const double listed = lives * std::min(1.0, static_cast<double>(plan.lookback.count()) /
                                                  static_cast<double>(plan.busy.count()));
  plan.page_size =
      static_cast<int>(std::clamp<std::int64_t>(dice.between(1, 100), std::llround(listed / 30) + 1, 100));
  plan.max_requests_per_second = dice.one_of({2.5, 5.0, 10.0, 20.0});

  simulator::Scenario& scenario = plan.scenario;
  scenario.service.calls_per_second = static_cast<std::uint32_t>(plan.is_kind ? 0 : dice.one_of({0, 4, 20}));
  scenario.world.order = static_cast<simulator::Order>(dice.between(0, 2));
  scenario.world.max_page_size =
      static_cast<std::int32_t>(dice.one_of({100, 100, std::max(plan.page_size / 2, 1)}));
  scenario.world.task_id_suffix = dice.one_of<const char*>({"", "\n"});
  if (dice.share() < 0.2) scenario.world.forget_after = hours{2};
  const std::int64_t kinds = dice.between(1, 3);
  for (std::int64_t i = 0; i < kinds; ++i)
    scenario.world.workloads.push_back(workload_of(dice, plan, std::max(lives / static_cast<int>(kinds), 1)));
  if (plan.is_kind) return plan;
  scenario.faults = faults_of(dice, dice.one_of({0.005, 0.03, 0.1}));
  if (dice.share() < 0.4) add_outage(dice, plan, scenario.faults);
  for (simulator::Fault& fault : scenario.faults) {
    if (!fault.when.until) fault.when.until = plan.busy;  // so that the end of the story is heard
  }
  plan.keeps_state = dice.share() < 0.8;
  plan.restarts_per_hour = dice.one_of({0.0, 3.0, 30.0});
  add_oddities(dice, plan);
  return plan;
}

}  // namespace sas::flow
