// SPDX-License-Identifier: Apache-2.0
// Two hundred targets on twenty accounts in one process, on virtual time: keys are fetched once an account,
// budgets hold, everybody is polled at the interval, and whoever is in trouble delays nobody else. Besides
// what GoogleTest takes:
//   --hours N   how long it lasts, instead of two

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/key_sources.hpp"
#include "cloud/call_budgets.hpp"
#include "cloud/signed_operations_source.hpp"
#include "flow/fleet_cloud.hpp"
#include "polling/scheduler.hpp"
#include "runtime/heap.hpp"
#include "runtime/task_group.hpp"
#include "support/polling_fixture.hpp"
#include "support/variables.hpp"

namespace sas::flow {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kAccounts = 20;
constexpr std::size_t kTargets = 200;
constexpr double kLimit = 5;  // calls a second
constexpr policy::CadenceLimits kCadence{.interval = seconds{30}, .idle_interval = minutes{2}, .jitter = 0.1};

// What main() was told. A test cannot be given arguments.
int& lasting_hours() {
  static int told = 2;
  return told;
}

std::size_t most_in_a_second(const std::vector<Time>& sorted) {
  std::size_t most = 0;
  for (auto first = sorted.begin(), last = first; last != sorted.end(); ++last) {
    while (*last - *first >= seconds{1})
      ++first;
    most = std::max(most, static_cast<std::size_t>(last - first) + 1);
  }
  return most;
}

std::vector<Time> all_of(const std::map<std::string, std::vector<Time>>& by_account) {
  std::vector<Time> all;
  for (const auto& [account, times] : by_account)
    all.insert(all.end(), times.begin(), times.end());
  std::sort(all.begin(), all.end());
  return all;
}

// How a target's polls went.
struct Polls {
  std::vector<Instant> started;  // the complete ones
  double incomplete = 0;
  double failed = 0;
  double skipped = 0;
};

class Fleet : public support::PollingFixture {
 protected:
  struct Member {
    Member(Fleet& fleet, std::size_t number)
        : settings{.name = "t" + std::to_string(number),
                   .endpoint = "https://sas.invalid",
                   .ca_file = {},
                   .task_types = {},
                   .task_sources = {}},
          metrics(fleet.registry_, settings.name),
          random([engine = std::mt19937_64(number)]() mutable {
            return std::uniform_real_distribution<double>(0, 1)(engine);
          }),
          source(cloud::make_operations_source(
              {.target = settings, .request_timeout = seconds{10}},
              fleet.keys_.source_for(credentials(number / (kTargets / kAccounts)), settings.name, metrics,
                                     key),
              {.http = fleet.cloud_,
               .budgets = fleet.budgets_,
               .metrics = metrics,
               .key = key,
               .log = fleet.log_.log(),
               .random = random})),
          watched(settings, limits_of_fleet(), *source, metrics, fleet.dispatcher_, key, fleet.keeper_,
                  fleet.log_.log()) {}

    Target settings;
    telemetry::TargetMetrics metrics;
    policy::KeyHealth key;
    std::function<double()> random;
    std::unique_ptr<cloud::OperationsSource> source;
    polling::WatchedTarget watched;
    Polls polls;
  };

  static polling::WatchedTarget::Limits limits_of_fleet() {
    polling::WatchedTarget::Limits limits = PollingFixture::limits();
    limits.cadence = kCadence;
    return limits;
  }

  static settings::Credentials credentials(std::size_t account) {
    settings::Credentials from;
    from.type = settings::Credentials::Type::ram_role_arn;
    from.source = settings::Credentials::Type::access_key;
    from.access_key_id = "LTAI1";
    from.access_key_secret = Secret("s3cret");
    from.role_arn = "acs:ram::1:role/" + FleetCloud::role(account);
    from.role_session_name = "fleet";
    from.session_duration = FleetCloud::kKeyLife;
    return from;
  }

  void run(Milliseconds span) {
    for (std::size_t i = 0; i < kTargets; ++i)
      members_.push_back(std::make_unique<Member>(*this, i));
    const Instant begin = runtime::Clock::now();
    for (std::size_t i = 0; i < kTargets; ++i) {
      Member& member = *members_[i];
      polls_.spawn(
          member.settings.name,
          member.watched.keep_polling(policy::first_poll(kCadence, begin, i, kTargets), member.random));
    }
    // No two polls of a target lie as close as that.
    for (Milliseconds passed{0}; passed < span; passed += seconds{5}) {
      run_for(seconds{5});
      note_polls();
    }
    for (runtime::TaskGroup* group : {&polls_, &fetches_}) {
      group->request_stop();
      EXPECT_TRUE(await(group->join(runtime::Clock::now() + seconds{5})));
    }
    count_polls();
  }

  void note_polls() {
    for (const auto& member : members_) {
      const auto last = member->watched.health().last_success;
      std::vector<Instant>& started = member->polls.started;
      if (last && (started.empty() || started.back() != *last)) started.push_back(*last);
    }
  }

  void count_polls() {
    for (const auto& family : registry_.collect()) {
      for (const auto& sample : family.metric) {
        const auto label = [&](std::string_view name) -> std::string {
          const auto found = std::ranges::find(sample.label, name, &prometheus::ClientMetric::Label::name);
          return found == sample.label.end() ? std::string{} : found->value;
        };
        const std::string target = label("target");
        if (target.empty() || target == "production") continue;  // the fixture's own
        Polls& polls = members_[std::stoul(target.substr(1))]->polls;
        if (family.name == "sas_operation_polls_skipped_total") polls.skipped = sample.counter.value;
        if (family.name != "sas_operation_polls_total") continue;
        if (label("result") == "failed") polls.failed = sample.counter.value;
        if (label("result") == "incomplete") polls.incomplete = sample.counter.value;
      }
    }
  }

  FleetCloud cloud_{kStart};
  cloud::CallBudgets budgets_{kLimit};
  runtime::TaskGroup fetches_{executor(), [](const std::string& name, const std::exception_ptr&) {
                                ADD_FAILURE() << name << " ended by an exception";
                              }};
  runtime::TaskGroup polls_{executor(), [](const std::string& name, const std::exception_ptr&) {
                              ADD_FAILURE() << name << " ended by an exception";
                            }};
  std::mt19937_64 random_{7};
  app::KeySources keys_{{.executor = executor(),
                         .http = cloud_,
                         .fetches = fetches_,
                         .random = [this] { return std::uniform_real_distribution<double>(0, 1)(random_); },
                         .variables = support::variables({})},
                        log_.log()};
  std::vector<std::unique_ptr<Member>> members_;
};

void expect_rhythm(const std::string& name, const Polls& polls, Milliseconds span) {
  EXPECT_EQ(polls.failed + polls.incomplete + polls.skipped, 0) << name;
  ASSERT_FALSE(polls.started.empty()) << name;
  // Ten targets of one account begin within half a second: their first calls queue for four at most.
  const Monotonic::duration longest = kCadence.idle_interval * 11 / 10 + seconds{5};
  EXPECT_LT(polls.started.front() - Instant{}, seconds{15}) << name;
  EXPECT_GT(polls.started.back() - Instant{}, span - longest) << name;
  for (std::size_t i = 1; i < polls.started.size(); ++i)
    ASSERT_LT(polls.started[i] - polls.started[i - 1], longest) << name << " after poll " << i;
}

TEST_F(Fleet, KeysAreFetchedOncePerAccountBudgetsHoldAndAllArePolled) {
  const Milliseconds span = hours{lasting_hours()};
  run(span);

  std::size_t polled = 0;
  for (const auto& member : members_) {
    expect_rhythm(member->settings.name, member->polls, span);
    polled += member->polls.started.size();
  }
  std::size_t fullest = 0;
  EXPECT_EQ(cloud_.calls.size(), kAccounts);
  for (const auto& [account, times] : cloud_.calls)
    fullest = std::max(fullest, most_in_a_second(times));
  EXPECT_LE(fullest, static_cast<std::size_t>(kLimit));

  // A key of an hour is renewed a fifth of its life, or up to a fifth of that more, before its end.
  std::set<Time> renewals;
  for (const auto& [account, times] : cloud_.fetches) {
    for (std::size_t i = 1; i < times.size(); ++i) {
      EXPECT_GE(times[i] - times[i - 1], minutes{45}) << account;
      EXPECT_LE(times[i] - times[i - 1], minutes{51}) << account;
    }
    if (times.size() > 1) renewals.insert(std::chrono::floor<seconds>(times[1]));
    EXPECT_GE(times.size(), static_cast<std::size_t>(span / minutes{52})) << account;
  }
  EXPECT_GT(renewals.size(), kAccounts / 2) << "they are jittered";

  const std::vector<Time> all = all_of(cloud_.calls);
  const auto at_start = std::ranges::lower_bound(all, kStart + seconds{1}) - all.begin();
  EXPECT_LT(at_start, 60) << "a storm at the start";
  fmt::print(
      "{} targets, {} accounts, {} h: {} complete polls, {} calls, {} keys; the fullest second of an "
      "account: "
      "{} calls of {:.0f} allowed, of all: {}; in the first second: {}\n",
      kTargets, kAccounts, lasting_hours(), polled, all.size(), all_of(cloud_.fetches).size(), fullest,
      kLimit, most_in_a_second(all), at_start);
}

TEST_F(Fleet, WhoeverIsInTroubleDelaysNobodyElse) {
  const std::map<std::size_t, Trouble> troubles{
      {0, Trouble::refuses}, {7, Trouble::hangs}, {12, Trouble::keys_never_come}};
  for (const auto& [account, trouble] : troubles)
    cloud_.afflict(account, trouble);
  run(minutes{30});
  for (std::size_t i = 0; i < kTargets; ++i) {
    const Polls& polls = members_[i]->polls;
    if (!troubles.contains(i / (kTargets / kAccounts))) {
      expect_rhythm(members_[i]->settings.name, polls, minutes{30});
    } else {
      EXPECT_TRUE(polls.started.empty());
      EXPECT_GT(polls.failed, 2) << members_[i]->settings.name << " is tried again";
    }
  }
}

}  // namespace
}  // namespace sas::flow

int main(int argc, char** argv) {
  sas::runtime::keep_freed_memory();
  testing::InitGoogleTest(&argc, argv);
  if (argc == 3 && std::string_view(argv[1]) == "--hours") sas::flow::lasting_hours() = std::atoi(argv[2]);
  if ((argc != 1 && argc != 3) || sas::flow::lasting_hours() < 2) {
    fmt::print(stderr, "--hours N takes a whole number from 2\n");
    return 2;
  }
  return RUN_ALL_TESTS();
}
