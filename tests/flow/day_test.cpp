// SPDX-License-Identifier: Apache-2.0
// A simulated working day, polled in virtual time: what is told must be what happened, step by step, each
// once.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flow/simulated_source.hpp"
#include "polling/scheduler.hpp"
#include "runtime/task_group.hpp"
#include "simulator/scenario/scenario.hpp"
#include "simulator/world/journal.hpp"
#include "support/folders.hpp"
#include "support/polling_fixture.hpp"

namespace sas::flow {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

simulator::World world_of(const std::string& scenario, std::uint64_t seed, Time start) {
  std::ifstream file(support::scenarios_folder() + '/' + scenario + ".yml");
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return {simulator::parse_scenario(text, scenario).value().world, seed, start};
}

class Day : public support::PollingFixture, public testing::WithParamInterface<std::tuple<const char*, int>> {
 protected:
  // "ID from -> to" of each step between the first poll and the last.
  std::vector<std::string> true_steps(Time first_poll, Time last_poll) {
    std::vector<std::string> steps;
    for (const simulator::Step& step : simulator::Journal(world_).advance(last_poll)) {
      if (!step.from || !step.to || step.time <= first_poll) continue;
      steps.push_back(step.task_id + ' ' + std::string(tasks::status_name(*step.from)) + " -> " +
                      std::string(tasks::status_name(*step.to)));
    }
    std::sort(steps.begin(), steps.end());
    return steps;
  }

  std::vector<std::string> told_steps() {
    std::vector<std::string> steps;
    for (std::string& sentence : told()) {
      if (sentence.find(" -> ") == std::string::npos) continue;  // an alert
      if (sentence.ends_with(" inferred")) sentence.erase(sentence.rfind(" inferred"));
      steps.push_back(std::move(sentence));
    }
    std::sort(steps.begin(), steps.end());
    return steps;
  }

  Target target_{.name = "production", .endpoint = "", .ca_file = "", .task_types = {}, .task_sources = {}};
  simulator::World world_ =
      world_of(std::get<0>(GetParam()), static_cast<std::uint64_t>(std::get<1>(GetParam())), kStart);
  SimulatedSource simulated_{world_};
  polling::WatchedTarget watched_{target_,     limits(), simulated_, metrics_,
                                  dispatcher_, key_,     keeper_,    log_.log()};
  runtime::TaskGroup group_{executor(), [](const std::string& name, const std::exception_ptr&) {
                              ADD_FAILURE() << name << " ended by an exception";
                            }};
};

TEST_P(Day, IsToldAsItHappened) {
  group_.spawn("poller", watched_.keep_polling(runtime::Clock::now(), [] { return 0.5; }));
  run_for(hours{8});
  const Time last_poll =
      kStart + std::chrono::floor<Milliseconds>(*watched_.health().last_success - Instant{});
  group_.request_stop();
  EXPECT_TRUE(await(group_.join(runtime::Clock::now() + seconds{5})));

  const std::vector<std::string> truth = true_steps(kStart, last_poll);
  EXPECT_GT(truth.size(), 100U) << "a day on which nothing happens shows nothing";
  EXPECT_EQ(told_steps(), truth);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Day,
                         testing::Combine(testing::Values("busy-day", "timeouts", "stall"),
                                          testing::Values(1, 2)),
                         [](const auto& day) {
                           std::string name = std::get<0>(day.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name + "_seed_" + std::to_string(std::get<1>(day.param));
                         });

}  // namespace
}  // namespace sas::flow
