// SPDX-License-Identifier: Apache-2.0
#include "simulator/world/journal.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "simulator/world/json_text.hpp"

namespace sas::simulator {
namespace {

void append_status(std::string& line, std::string_view name, const std::optional<StatusCode>& status) {
  line += name;
  if (status) {
    append_json(line, *status);
  } else {
    line += "null";
  }
}

Step step_of(const TaskLife& life, const std::string& type, std::size_t number) {
  const std::optional<StatusCode> before =
      number == 0 ? std::optional<StatusCode>{} : life.steps[number - 1].status;
  const LifeStep& step = life.steps[number];
  return {.task_id = life.id, .task_type = type, .from = before, .to = step.status, .time = step.at};
}

}  // namespace

std::string to_json(const Step& step) {
  std::string line = R"({"time":)";
  append_json(line, step.time.time_since_epoch().count());
  line += R"(,"task_id":)";
  append_json(line, step.task_id);
  line += R"(,"task_type":)";
  append_json(line, step.task_type);
  append_status(line, R"(,"from":)", step.from);
  append_status(line, R"(,"to":)", step.to);
  line += '}';
  return line;
}

std::vector<Step> Journal::advance(Time now) {
  const std::vector<TaskLife>& lives = world_.lives(now);
  const auto later = std::greater<>{};
  for (; seen_lives_ < lives.size(); ++seen_lives_) {
    pending_.push_back({.at = lives[seen_lives_].created, .place = seen_lives_, .step = 0});
    std::push_heap(pending_.begin(), pending_.end(), later);
  }
  std::vector<Step> happened;
  while (!pending_.empty() && pending_.front().at <= now) {
    std::pop_heap(pending_.begin(), pending_.end(), later);
    Pending done = pending_.back();
    pending_.pop_back();
    const TaskLife& life = lives[done.place];
    const std::size_t next = done.step + 1;
    if (next < life.steps.size() && life.steps[next].at != kNever) {
      pending_.push_back({.at = life.steps[next].at, .place = done.place, .step = next});
      std::push_heap(pending_.begin(), pending_.end(), later);
    }
    happened.push_back(step_of(life, world_.rules().workloads[life.workload].type, done.step));
  }
  return happened;
}

}  // namespace sas::simulator
