// SPDX-License-Identifier: Apache-2.0
#include "simulator/scenario/scenario.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "simulator/scenario/fault_reader.hpp"
#include "simulator/scenario/reader.hpp"

namespace sas::simulator {
namespace {

constexpr std::array<const char*, kEndings> kEndingKeys{
    "complete", "timed_out", "timed_out_waiting", "never_starts", "never_ends",       "late_completion",
    "reopened", "requeued",  "unknown_between",   "vanishes",     "vanishes_waiting", "comes_back"};

void read_endings(MapReader& reader, Workload& workload) {
  workload.endings.fill(0);
  double sum = 0;
  for (std::size_t i = 0; i < kEndings; ++i) {
    reader.number(kEndingKeys[i], workload.endings[i], 0, 1e9);
    sum += workload.endings[i];
  }
  if (!(sum > 0)) reader.wrong("endings must give at least one of them a weight above 0");
}

void read_workload(MapReader& reader, WorldRules& world) {
  Workload workload;
  reader.text("type", workload.type);
  reader.text("source", workload.source);
  reader.integer("count", workload.count, 0);
  reader.duration("first", workload.first);
  reader.duration("every", workload.every);
  if (workload.every && *workload.every <= Milliseconds{0}) reader.wrong("every must be longer than 0s");
  reader.integer("times", workload.times, 1);
  reader.duration("jitter", workload.jitter);
  if (workload.jitter < Milliseconds{0}) reader.wrong("jitter must not be negative");
  reader.durations("waits", workload.waits);
  reader.durations("runs", workload.runs);
  reader.integers("items", workload.items);
  reader.integers("subtasks", workload.subtasks);
  reader.map("endings", [&workload](MapReader& endings) { read_endings(endings, workload); });
  reader.map("stall", [&workload](MapReader& stall) {
    workload.stall_probability = 1;
    stall.number("probability", workload.stall_probability, 0, 1);
    stall.number("at", workload.stall_at, 0, 1);
    stall.durations("for", workload.stall_for);
  });
  reader.number("failing_subtasks", workload.failing_subtasks, 0, 1);
  reader.number("progress_falls", workload.progress_falls, 0, 1);
  reader.number("totals_grow", workload.totals_grow, 0, 1);
  reader.number("clock_ahead", workload.clock_ahead, 0, 1);
  world.workloads.push_back(std::move(workload));
}

void read_world(MapReader& reader, WorldRules& world) {
  if (const auto order = reader.choice("order", {"newest_first", "oldest_first", "task_id"})) {
    world.order = static_cast<Order>(*order);
  }
  if (const auto times = reader.choice("unfinished_times", {"absent", "null", "zero", "planned"})) {
    world.unfinished_times = static_cast<UnfinishedTimes>(*times);
  }
  reader.duration("forget_after", world.forget_after);
  std::int64_t max_page_size = world.max_page_size;
  reader.integer("max_page_size", max_page_size, 1);
  world.max_page_size = static_cast<std::int32_t>(std::min<std::int64_t>(max_page_size, 1'000'000));
  reader.text("task_id_suffix", world.task_id_suffix);
  reader.list("tasks", [&world](MapReader& entry) { read_workload(entry, world); });
}

void read_service(MapReader& reader, ServiceRules& service) {
  std::int64_t calls_per_second = service.calls_per_second;
  reader.integer("calls_per_second", calls_per_second, 0);
  service.calls_per_second =
      static_cast<std::uint32_t>(std::min<std::int64_t>(calls_per_second, 1'000'000'000));
  reader.duration("retry_after", service.retry_after);
  reader.duration("idle_timeout", service.idle_timeout);
  reader.duration("clock_offset", service.clock_offset);
}

void read_answers(MapReader& reader, std::map<std::string, FixedAnswer>& answers) {
  for (const char* action : {"ListOperationProcess", "ListOperationProcessDetail"}) {
    FixedAnswer answer;
    reader.text(action, answer.body);
    if (!reader.has(action)) continue;
    boost::system::error_code failure;
    const boost::json::value body = boost::json::parse(answer.body, failure);
    const auto* object = body.if_object();
    if (failure || object == nullptr) {
      reader.mistakes().add(reader.mark(action),
                            fmt::format("the answer of {} is not a JSON object", action));
      continue;
    }
    const auto* id = object->if_contains("RequestId");
    if (id != nullptr && id->is_string()) answer.request_id = id->get_string().c_str();
    answers.emplace(action, std::move(answer));
  }
}

Error mistaken(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = std::move(message)};
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view text, std::string_view name) {
  Mistakes mistakes(name);
  Scenario scenario;
  try {
    MapReader reader(YAML::Load(std::string(text)), mistakes, "a scenario");
    reader.text("description", scenario.description);
    read_world(reader, scenario.world);
    reader.map("service", [&](MapReader& service) { read_service(service, scenario.service); });
    reader.map("answers", [&](MapReader& answers) { read_answers(answers, scenario.answers); });
    reader.list("faults", [&](MapReader& fault) { scenario.faults.push_back(read_fault(fault)); });
    reader.finish();
  } catch (const YAML::Exception& broken) {
    mistakes.add(broken.mark, broken.msg);
  }
  if (!mistakes.empty()) return mistaken(mistakes.text());
  return scenario;
}

Result<Scenario> with_tasks(Scenario scenario, std::int64_t count) {
  if (scenario.world.workloads.empty())
    return mistaken("the scenario has no tasks whose number could be set");
  scenario.world.workloads.front().count = count;
  return scenario;
}

}  // namespace sas::simulator
