// SPDX-License-Identifier: Apache-2.0
#include "flow/truth/trial.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "simulator/world/journal.hpp"
#include "support/virtual_time.hpp"

namespace sas::flow {
namespace {

using std::chrono::minutes;

// Longer than any task of a plan lives after its birth, and twice as long as an open circuit pauses.
constexpr Milliseconds kRest = minutes{60};

std::vector<TrueTask> truth_of(const std::vector<simulator::Step>& steps) {
  std::map<std::string, TrueTask> tasks;
  for (const simulator::Step& step : steps) {
    TrueTask& task = tasks[step.task_id];
    task.id = step.task_id;
    if (!task.life.empty()) task.life.back().until = step.time;
    task.life.push_back({.status = step.to, .from = step.time, .until = Time::max()});
  }
  std::vector<TrueTask> truth;
  for (auto& [id, task] : tasks)
    truth.push_back(std::move(task));
  return truth;
}

std::size_t most_in_a_second(const std::vector<Time>& sorted) {
  std::size_t most = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < sorted.size(); ++last) {
    while (sorted[last] - sorted[first] >= std::chrono::seconds{1})
      ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

// The stage on which processes come and go.
class Trial final : public support::VirtualTime {
 public:
  Trial(const Plan& plan, const Tampering& tampering)
      : plan_(plan),
        tampering_(tampering),
        random_(plan.seed ^ 0x5eedU),
        service_(plan.scenario, plan.seed, kStart,
                 {{.id = "LTAI-truth", .secret = Secret("s3cret"), .security_token = {}}}),
        client_(service_, plan.seed, plan.longest_way) {}

  void TestBody() override {}

  Verdict play() {
    const Time end = kStart + plan_.busy + kRest;
    std::string text;
    while (now() < end)
      text = play_process(text, end);
    return verdict(end);
  }

 private:
  // The state file that it leaves behind.
  std::string play_process(const std::string& text, Time end) {
    ++verdict_.processes;
    const std::size_t first_call = client_.counted.size();
    Process process(executor(), plan_, client_, text, tampering_);
    const Time death = choose_death(process, end);
    // Who finds a file goes on, also where there was no complete poll yet.
    if (text.empty()) eras_.push_back({.began = now(), .looks = {}, .told = {}});
    process.start();
    watch(process, death);
    end_process(process, death == end);
    gather(process, first_call);
    if (chance(0.3)) pause(kStart + plan_.busy);
    return plan_.keeps_state ? process.store().text() : std::string();
  }

  Time choose_death(Process& process, Time end) {
    if (plan_.restarts_per_hour == 0) return end;
    std::exponential_distribution<double> hours_left(plan_.restarts_per_hour);
    const auto span =
        Milliseconds{static_cast<std::int64_t>(hours_left(random_) * 3'600'000)} + Milliseconds{1};
    // Nobody dies while the world is at rest: the last word is to be heard.
    if (now() + span >= kStart + plan_.busy) return end;
    if (plan_.keeps_state && chance(0.3)) process.store().die_after_writes(1 + random_() % 4);
    if (plan_.keeps_state && chance(0.3)) process.store().die_after_news(1 + random_() % 8);
    return now() + span;
  }

  void watch(Process& process, Time death) {
    const auto has_died = [&] {
      process.note_look(eras_.back().looks);
      return process.store().is_dead();
    };
    if (!run_until(has_died, death - now())) clock().advance(death - now());
  }

  // Nobody watches.
  void pause(Time limit) {
    const auto most = static_cast<double>(std::max(limit - now(), Milliseconds{0}).count());
    clock().advance(Milliseconds{static_cast<std::int64_t>(most * share_(random_))});
  }

  void end_process(Process& process, bool gracefully) {
    process.note_look(eras_.back().looks);
    gracefully |= chance(0.3) && !process.store().is_dead();
    if (!gracefully) process.store().die();
    process.stop();
    while (!process.has_ended())
      run_ready();
    if (gracefully) process.keep_now();
  }

  void gather(const Process& process, std::size_t first_call) {
    for (const Told& told : process.told()) {
      eras_.back().told[told.task_id].push_back(told.step);
      ++verdict_.steps;
    }
    std::vector<Time> calls(client_.counted.begin() + static_cast<std::ptrdiff_t>(first_call),
                            client_.counted.end());
    std::ranges::sort(calls);
    verdict_.most_calls_a_second = std::max(verdict_.most_calls_a_second, most_in_a_second(calls));
  }

  Verdict verdict(Time end) {
    simulator::Journal journal(service_.world());
    const std::vector<TrueTask> truth = truth_of(journal.advance(end));
    for (const Era& era : eras_) {
      verdict_.polls += era.looks.size();
      verdict_.plain_states += plain_states(truth, era);
      for (std::string& fault : judge(truth, era))
        verdict_.faults.push_back(std::move(fault));
    }
    if (!has_seen_the_rest(eras_.back()))
      verdict_.faults.emplace_back("no two complete polls after the world had come to rest");
    verdict_.lives = truth.size();
    verdict_.calls = client_.counted.size();
    if (static_cast<double>(verdict_.most_calls_a_second) > plan_.max_requests_per_second) {
      verdict_.faults.push_back(fmt::format("{} calls in one second, {} are allowed",
                                            verdict_.most_calls_a_second, plan_.max_requests_per_second));
    }
    if (plan_.is_kind) verdict_.fewest_calls = fewest_calls();
    return std::move(verdict_);
  }

  // Without that, silence about the end of the story would go unnoticed.
  [[nodiscard]] bool has_seen_the_rest(const Era& era) const {
    const Time rest = kStart + plan_.busy;
    return std::ranges::count_if(era.looks, [rest](const Look& look) { return look.began >= rest; }) >= 2;
  }

  // What the rules ask for: both lists of each poll, as long as they were when it began.
  std::size_t fewest_calls() {
    simulator::World world(plan_.scenario.world, plan_.seed, kStart);
    const auto size =
        static_cast<std::size_t>(simulator::used_page_size(plan_.scenario.world, plan_.page_size));
    const auto pages = [size](std::size_t tasks) {
      return std::max<std::size_t>(1, (tasks + size - 1) / size);
    };
    std::size_t calls = 0;
    for (const Era& era : eras_) {
      for (const Look& look : era.looks) {
        simulator::ListQuery active;
        active.status_codes = {0, 1};
        simulator::ListQuery recent;
        recent.start_time = look.since;
        calls += pages(world.matching(active, look.began).size());
        calls += pages(world.matching(recent, look.began).size());
      }
    }
    return calls;
  }

  bool chance(double probability) { return share_(random_) < probability; }

  const Plan& plan_;
  const Tampering& tampering_;
  std::mt19937_64 random_;
  std::uniform_real_distribution<double> share_{0, 1};
  simulator::Service service_;
  DirectClient client_;
  std::vector<Era> eras_;
  Verdict verdict_;
};

}  // namespace

Verdict play(const Plan& plan, const Tampering& tampering) {
  Trial trial(plan, tampering);
  return trial.play();
}

}  // namespace sas::flow
