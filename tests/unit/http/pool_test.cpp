// SPDX-License-Identifier: Apache-2.0
#include "http/pool.hpp"

#include <gtest/gtest.h>

namespace sas::http {
namespace {

using std::chrono::seconds;

// A connection that only tells whether it is quiet, and that it is closed.
class FakeTransport final : public Transport {
 public:
  FakeTransport(int& open, bool quiet) : open_(open), quiet_(quiet) { ++open_; }
  ~FakeTransport() override { --open_; }

  asio::awaitable<boost::system::result<std::size_t>> receive(std::span<char>) override { co_return 0U; }
  asio::awaitable<boost::system::error_code> send(std::string_view) override {
    co_return boost::system::error_code{};
  }
  bool quiet() override { return quiet_; }

 private:
  int& open_;
  bool quiet_;
};

class PoolTest : public ::testing::Test {
 public:
  std::unique_ptr<Connection> connection(bool quiet = true) {
    return std::make_unique<Connection>(std::make_unique<FakeTransport>(open, quiet));
  }

  int open = 0;
  Pool pool{seconds{5}};
  Instant start{seconds{100}};
};

TEST_F(PoolTest, GivesBackWhatWasPutForTheSameRouteOnly) {
  auto connection_to_a = connection();
  const Connection* const a = connection_to_a.get();
  pool.put("a", std::move(connection_to_a), start);
  EXPECT_EQ(pool.take("b", start), nullptr);
  EXPECT_EQ(pool.take("a", start).get(), a);
  EXPECT_EQ(pool.take("a", start), nullptr);
  EXPECT_EQ(open, 0);
}

TEST_F(PoolTest, TheOneUsedLastComesFirst) {
  auto older = connection();
  auto newer = connection();
  const Connection* const newest = newer.get();
  pool.put("a", std::move(older), start);
  pool.put("a", std::move(newer), start + seconds{1});
  EXPECT_EQ(pool.take("a", start + seconds{2}).get(), newest);
  EXPECT_EQ(pool.size(), 1U);
}

TEST_F(PoolTest, IdleForTheTimeoutIsNeverUsedAgainAndClosed) {
  pool.put("a", connection(), start);
  pool.put("b", connection(), start + seconds{1});
  EXPECT_EQ(pool.take("a", start + seconds{5}), nullptr);
  EXPECT_EQ(open, 1);
  EXPECT_NE(pool.take("b", start + seconds{6} - std::chrono::nanoseconds{1}), nullptr);
}

TEST_F(PoolTest, NextExpiryIsThatOfTheOldest) {
  EXPECT_FALSE(pool.next_expiry());
  pool.put("a", connection(), start);
  pool.put("b", connection(), start + seconds{1});
  EXPECT_EQ(pool.next_expiry(), start + seconds{5});
  pool.drop_expired(start + seconds{5});
  EXPECT_EQ(pool.next_expiry(), start + seconds{6});
  EXPECT_EQ(open, 1);
  pool.drop_expired(start + seconds{6});
  EXPECT_FALSE(pool.next_expiry());
  EXPECT_EQ(open, 0);
}

TEST_F(PoolTest, ConnectionThatIsNotQuietIsClosedAndTheNextOneTaken) {
  auto quiet = connection();
  const Connection* const good = quiet.get();
  pool.put("a", std::move(quiet), start);
  pool.put("b", connection(), start);
  pool.put("a", connection(false), start);
  EXPECT_EQ(pool.take("a", start).get(), good);
  EXPECT_EQ(pool.size(), 1U);
  EXPECT_EQ(open, 1);
}

}  // namespace
}  // namespace sas::http
