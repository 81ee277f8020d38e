// SPDX-License-Identifier: Apache-2.0
#include "credentials/refreshing.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <gmock/gmock.h>

#include "credentials/ecs_role.hpp"
#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHost = "100.100.100.200";

class RefreshingTest : public support::CredentialsFixture {
 public:
  std::unique_ptr<Refreshing> make() {
    return refreshing(
        std::make_unique<EcsRole>(EcsRoleSettings{.role_name = "node"}, support::variables(), cloud));
  }
  [[nodiscard]] std::size_t fetched() const { return cloud.count("security-credentials/node"); }

  /// Asks every 30 seconds, as a poller does; how often there was no key that has not expired.
  int poll(Provider& provider, Milliseconds span) {
    int failed = 0;
    const Time end = now() + span;
    while (now() < end) {
      const Result<AccessKey> key = get(provider);
      if (!key || key->expiration <= now()) ++failed;
      run_for(30s);
    }
    return failed;
  }
};

TEST_F(RefreshingTest, ADayOfHourlyKeysIsSomeThirtyFetchesAndNoPollWithoutOne) {
  const auto provider = make();
  EXPECT_EQ(poll(*provider, 24h), 0);
  EXPECT_GE(fetched(), 30U);
  EXPECT_LE(fetched(), 32U);
  EXPECT_EQ(told.size(), fetched());
}

TEST_F(RefreshingTest, SourceThatFailsForTwentyMinutesWithinTheMarginIsNotNoticed) {
  cloud.life = 3h;
  const auto provider = make();
  EXPECT_EQ(poll(*provider, 2h + 30min), 0);  // due 15 to 18 minutes before the end
  cloud.life = 12h;
  cloud.requests.clear();
  cloud.down[kHost] = support::unreachable();
  EXPECT_EQ(poll(*provider, 29min), 0);
  EXPECT_GE(cloud.count("/latest/api/token"), 5U);
  EXPECT_LE(cloud.count("/latest/api/token"), 40U) << "a storm";
  cloud.down.clear();
  EXPECT_EQ(poll(*provider, 1h), 0);
}

TEST_F(RefreshingTest, SourceThatFailsBeyondTheMarginIsAnErrorAndThenComesBack) {
  const auto provider = make();
  EXPECT_EQ(poll(*provider, 55min), 0);
  cloud.down[kHost] = support::unreachable();
  EXPECT_GT(poll(*provider, 2h), 0);
  EXPECT_EQ(error_of(*provider), "connecting to x: no route");
  cloud.down.clear();
  run_for(60s);
  EXPECT_EQ(poll(*provider, 1h), 0);
}

TEST_F(RefreshingTest, TwoHundredWhoWaitAreOneFetch) {
  const auto provider = make();
  int served = 0;
  for (int i = 0; i < 200; ++i)
    asio::co_spawn(context(), provider->get(),
                   [&](const std::exception_ptr& thrown, const Result<AccessKey>& key) {
                     if (!thrown && key && key->id == "STS.ecs1") ++served;
                   });
  ASSERT_TRUE(run_until([&] { return served == 200; }));
  EXPECT_EQ(fetched(), 1U);
}

TEST_F(RefreshingTest, AllWhoWaitLearnOfTheFailure) {
  cloud.down[kHost] = support::unreachable();
  const auto provider = make();
  int failed = 0;
  for (int i = 0; i < 200; ++i)
    asio::co_spawn(context(), provider->get(),
                   [&](const std::exception_ptr& thrown, const Result<AccessKey>& key) {
                     if (!thrown && !key) ++failed;
                   });
  ASSERT_TRUE(run_until([&] { return failed == 200; }));
  EXPECT_EQ(cloud.count("/latest/api/token"), 1U);
  EXPECT_EQ(told, std::vector<std::string>{"ecs_ram_role failed"});
}

TEST_F(RefreshingTest, WhoeverHasAGoodKeyDoesNotWaitForTheNext) {
  const auto provider = make();
  ASSERT_TRUE(get(*provider));
  run_for(50min);
  cloud.latency = 600s;
  const Time asked = now();
  EXPECT_EQ(get(*provider)->id, "STS.ecs1");
  EXPECT_EQ(now(), asked);
  run_for(30min);
  EXPECT_EQ(get(*provider)->id, "STS.ecs2");
}

TEST_F(RefreshingTest, ARefusedKeyIsReplacedBeforeTheNextAttempt) {
  const auto provider = make();
  const Result<AccessKey> first = get(*provider);
  run_for(5min);
  provider->refused(*first);
  EXPECT_EQ(get(*provider)->id, "STS.ecs2");
  provider->refused(*first);
  EXPECT_EQ(get(*provider)->id, "STS.ecs2");
  EXPECT_EQ(fetched(), 2U);
}

TEST_F(RefreshingTest, KeyThatExpiredWhileNobodyAskedIsNotServed) {
  const auto provider = make();
  ASSERT_TRUE(get(*provider));
  clock().advance(61min);
  EXPECT_EQ(get(*provider)->id, "STS.ecs2");
}

TEST_F(RefreshingTest, OneWhoIsCancelledDoesNotTakeTheOthersAlong) {
  const auto provider = make();
  asio::cancellation_signal stop;
  bool stopped = false;
  bool served = false;
  asio::co_spawn(context(), provider->get(),
                 asio::bind_cancellation_slot(
                     stop.slot(), [&](const std::exception_ptr& thrown, const Result<AccessKey>&) {
                       stopped = thrown != nullptr;
                     }));
  asio::co_spawn(context(), provider->get(),
                 [&](const std::exception_ptr&, const Result<AccessKey>& key) { served = key.has_value(); });
  run_ready();
  stop.emit(asio::cancellation_type::terminal);
  run_ready();
  EXPECT_TRUE(stopped);
  ASSERT_TRUE(run_until([&] { return served; }));
}

TEST_F(RefreshingTest, AFetchUnderWayOutlivesItsProvider) {
  auto provider = make();
  ASSERT_TRUE(get(*provider));
  run_for(50min);
  ASSERT_TRUE(get(*provider));  // begins the fetch
  provider.reset();
  run_for(1min);
  EXPECT_EQ(fetched(), 2U);
}

TEST_F(RefreshingTest, NothingIsFetchedOnceTheGroupStops) {
  const auto provider = make();
  fetches.request_stop();
  EXPECT_FALSE(get(*provider));
  EXPECT_TRUE(cloud.requests.empty());
}

}  // namespace
}  // namespace sas::credentials
