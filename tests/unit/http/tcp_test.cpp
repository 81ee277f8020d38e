// SPDX-License-Identifier: Apache-2.0
#include "http/tcp.hpp"

#include <boost/asio/post.hpp>

#include "support/real_sockets.hpp"

namespace sas::http {
namespace {

using asio::ip::tcp;
using std::chrono::seconds;

class TcpTest : public support::RealSockets {
 public:
  tcp::endpoint loopback(std::uint16_t port = 0) { return {asio::ip::address_v4::loopback(), port}; }

  tcp::endpoint nobody_listens() {
    tcp::acceptor acceptor(context(), loopback());
    return acceptor.local_endpoint();
  }

  Instant in(seconds span) { return runtime::Clock::now() + span; }

  tcp::acceptor listener{context(), loopback()};
};

TEST_F(TcpTest, EndpointThatRefusesIsFollowedByTheNext) {
  const auto socket = await(connect_to_any({nobody_listens(), listener.local_endpoint()}, in(seconds{5})));
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_EQ((*socket)->remote_endpoint(), listener.local_endpoint());
}

TEST_F(TcpTest, FirstThatAcceptsIsTaken) {
  const auto socket = await(connect_to_any({listener.local_endpoint(), nobody_listens()}, in(seconds{5})));
  ASSERT_TRUE(socket) << socket.error().message;
}

TEST_F(TcpTest, LastReasonIsToldWhenNoneAccepts) {
  const auto socket = await(connect_to_any({nobody_listens(), nobody_listens()}, in(seconds{5})));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().cause, ErrorCause::transport);
  EXPECT_EQ(socket.error().message, "Connection refused");
}

TEST_F(TcpTest, EndpointThatDoesNotAnswerUsesUpItsShareOfTheTimeOnly) {
  // A full queue, of one connection that nobody accepts: the kernel drops the next one's SYN.
  tcp::acceptor full(context());
  full.open(tcp::v4());
  full.bind(loopback());
  full.listen(0);
  tcp::socket waiting(context());
  waiting.connect(full.local_endpoint());
  Running<Result<std::shared_ptr<tcp::socket>>> running;
  start(connect_to_any({full.local_endpoint(), listener.local_endpoint()}, in(seconds{4})), running);
  context().poll();
  clock().advance(seconds{2} - Milliseconds{1});
  context().poll();
  EXPECT_FALSE(running.done());
  clock().advance(Milliseconds{1});
  run_until([&] { return running.done(); });
  const auto socket = running.take();
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_EQ((*socket)->remote_endpoint(), listener.local_endpoint());
}

TEST_F(TcpTest, NameWithoutAddressesIsAnError) {
  EXPECT_FALSE(await(connect_to_any({}, in(seconds{5}))));
}

TEST_F(TcpTest, SocketIsQuietUntilSomethingComes) {
  const auto socket = await(connect_tcp("127.0.0.1", listener.local_endpoint().port(), in(seconds{5})));
  ASSERT_TRUE(socket) << socket.error().message;
  tcp::socket other = listener.accept();
  EXPECT_TRUE(is_quiet(**socket));
  other.close();
  run_until([&] {
    asio::post(context(), [] {});  // nothing else wakes the loop
    return !is_quiet(**socket);
  });
}

}  // namespace
}  // namespace sas::http
