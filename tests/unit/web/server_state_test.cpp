// SPDX-License-Identifier: Apache-2.0
#include "web/server_state.hpp"

#include <gtest/gtest.h>

#include "unit/web/server_fixture.hpp"

namespace sas::web {
namespace {

/// A connection of which the test holds both ends; no server is involved.
class ServerStateTest : public ServerTest {
 protected:
  ServerStateTest() {
    boost::asio::ip::tcp::acceptor acceptor(context_, {boost::asio::ip::address_v4::loopback(), 0});
    client_.emplace(acceptor.local_endpoint().port());
    connection_.emplace(acceptor.accept());
  }

  ServerState state_{{}, {}, log_, context_.get_executor()};
  std::optional<RawClient> client_;
  std::optional<Connection> connection_;
};

TEST_F(ServerStateTest, AnAnswerThatEndsUnfinishedIsResetAndSoCannotLookWhole) {
  { const Unfinished answer(*connection_); }
  EXPECT_TRUE(until_ended(*client_));
  EXPECT_TRUE(client_->reset());
}

TEST_F(ServerStateTest, AFinishedAnswerLeavesTheConnectionAsItIs) {
  {
    Unfinished answer(*connection_);
    answer.finished();
  }
  client_->receive();
  EXPECT_FALSE(client_->ended());
  connection_.reset();
  EXPECT_TRUE(until_ended(*client_));
  EXPECT_TRUE(client_->closed());
}

TEST_F(ServerStateTest, ADrainEndsTheReadOfWhoeverWaits) {
  std::array<char, 1> byte{};
  bool ended = false;
  {
    const Waiting waiting(state_, *connection_);
    boost::asio::co_spawn(context_, connection_->read_some(byte),
                          [&](const std::exception_ptr&, const auto& read) { ended = !read.has_value(); });
    turn();
    EXPECT_FALSE(ended);
    state_.drain();
    EXPECT_TRUE(until([&] { return ended; }));
  }
  EXPECT_TRUE(state_.waiting.empty());
}

TEST_F(ServerStateTest, ARateLimitThatStaysGoesOnWhereItWas) {
  const auto plain_http = std::make_shared<WebConfig>();
  state_.use(plain_http);
  EXPECT_EQ(state_.config, plain_http);
  EXPECT_FALSE(state_.tokens);
  const auto limited = std::make_shared<WebConfig>();
  limited->rate_limit = settings::RateLimit{.interval = std::chrono::hours{1}, .burst = 1};
  state_.use(limited);
  ASSERT_TRUE(state_.tokens);
  EXPECT_TRUE(state_.tokens->take(runtime::Clock::now()));
  state_.use(std::make_shared<WebConfig>(*limited));
  EXPECT_FALSE(state_.tokens->take(runtime::Clock::now())) << "the same limit goes on where it was";
}

}  // namespace
}  // namespace sas::web
