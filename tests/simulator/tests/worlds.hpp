// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small worlds for the simulator's own tests.

#include <array>
#include <string>

#include "simulator/world/world.hpp"

namespace sas::simulator {

inline const Time kStart{Milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z

inline Time after(std::int64_t seconds) {
  return kStart + Milliseconds{seconds * 1'000};
}

/// `count` tasks at once, waiting 10 s and running 100 s.
inline Workload steady(std::int64_t count) {
  Workload workload;
  workload.count = count;
  workload.waits = {Milliseconds{10'000}, Milliseconds{10'000}};
  workload.runs = {Milliseconds{100'000}, Milliseconds{100'000}};
  workload.items = {100, 100};
  workload.subtasks = {10, 10};
  return workload;
}

/// The weights with which all lives end like this.
inline std::array<double, kEndings> only(Ending how) {
  std::array<double, kEndings> endings{};
  endings.at(static_cast<std::size_t>(how)) = 1;
  return endings;
}

inline WorldRules rules_with(std::vector<Workload> workloads) {
  WorldRules rules;
  rules.workloads = std::move(workloads);
  return rules;
}

/// All documented endings, births all day: whatever should happen, does.
inline WorldRules lively() {
  Workload all = steady(3);
  all.every = Milliseconds{60'000};
  all.first = Milliseconds{-600'000};
  all.jitter = Milliseconds{90'000};
  all.waits = {Milliseconds{1'000}, Milliseconds{60'000}};
  all.runs = {Milliseconds{10'000}, Milliseconds{600'000}};
  all.items = {0, 300};
  all.subtasks = {1, 12};
  all.endings = {4, 2, 1, 1, 1};
  all.stall_probability = 0.3;
  all.failing_subtasks = 0.1;
  Workload policy = all;
  policy.type = "CHECK_POLICY";
  policy.source = "ELSEWHERE";
  WorldRules rules = rules_with({all, policy});
  rules.forget_after = Milliseconds{1'200'000};
  return rules;
}

/// As lively, and whatever else can happen, does.
inline WorldRules odd() {
  WorldRules rules = lively();
  for (Workload& workload : rules.workloads) {
    workload.endings.fill(1);
    workload.progress_falls = workload.totals_grow = workload.clock_ahead = 0.3;
  }
  return rules;
}

}  // namespace sas::simulator
