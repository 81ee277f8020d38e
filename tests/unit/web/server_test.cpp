// SPDX-License-Identifier: Apache-2.0
#include "web/server.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "unit/web/server_fixture.hpp"

namespace sas::web {
namespace {

using namespace std::chrono_literals;

constexpr const char* kGetMetrics = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr const char* kGetReady = "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n";

class WebServer : public ServerTest {
 protected:
  /// Of /-/ready there; 0: nobody listens.
  int status_at(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    boost::asio::ip::tcp::socket socket(context_);
    boost::system::error_code failure;
    socket.connect({boost::asio::ip::make_address_v4(address.substr(0, colon)),
                    static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1)))},
                   failure);
    if (failure) return 0;
    boost::asio::write(socket, boost::asio::buffer(std::string_view(kGetReady)), failure);
    std::string received;
    EXPECT_TRUE(until([&] {
      if (socket.available() == 0) return false;
      received.resize(socket.available());
      received.resize(socket.read_some(boost::asio::buffer(received), failure));
      return true;
    }));
    return received.starts_with("HTTP/1.1 ") ? std::stoi(received.substr(9, 3)) : 0;
  }

  std::size_t logged(std::string_view text) const {
    const std::string log = logged_.str();
    std::size_t count = 0;
    for (std::size_t at = log.find(text); at != std::string::npos; at = log.find(text, at + 1))
      ++count;
    return count;
  }
};

TEST_F(WebServer, ListensAtEachAddressAndTellsWhereThatIs) {
  settings_.listen_addresses = {"127.0.0.1:0", "127.0.0.2:0"};
  Server server(context_.get_executor(), settings_, site_, log_);
  const auto addresses = server.listen();
  ASSERT_TRUE(addresses.has_value()) << addresses.error().message;
  ASSERT_EQ(addresses->size(), 2U);
  EXPECT_TRUE((*addresses)[0].starts_with("127.0.0.1:"));
  EXPECT_TRUE((*addresses)[1].starts_with("127.0.0.2:"));
}

TEST_F(WebServer, OtherAddressesTakeTheirPlaceWhileItServes) {
  settings_.listen_addresses = {"127.0.0.1:0", "127.0.0.2:0"};
  start();
  RawClient there = connect();
  EXPECT_EQ(ask(there, kGetReady).status, 200);
  const std::vector<std::string> before = server_->addresses();
  auto prepared = server_->prepare({"127.0.0.1:0", "127.0.0.3:0"});
  ASSERT_TRUE(prepared.has_value()) << prepared.error().message;
  EXPECT_EQ(server_->addresses(), before) << "nothing live is touched yet";
  server_->use(std::move(*prepared));
  const std::vector<std::string> after = server_->addresses();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0], before[0]) << "what stays keeps its socket";
  EXPECT_TRUE(after[1].starts_with("127.0.0.3:"));
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_EQ(status_at(after[1]), 200);
  EXPECT_EQ(status_at(before[1]), 0) << "closed";
  EXPECT_EQ(ask(there, kGetReady).status, 200) << "over a connection that was there";
}

TEST_F(WebServer, AddressesThatCannotBeHadChangeNothing) {
  Server other(context_.get_executor(), settings_, site_, log_);
  const std::string taken = other.listen()->front();
  start();
  const std::vector<std::string> before = server_->addresses();
  const auto prepared = server_->prepare({"127.0.0.4:0", taken});
  ASSERT_FALSE(prepared.has_value());
  EXPECT_NE(prepared.error().message.find("already in use"), std::string::npos);
  EXPECT_EQ(server_->addresses(), before);
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(WebServer, PathsMayChangeWhileItServes) {
  start();
  server_->use(Paths{.telemetry = "/m", .route_prefix = "/sas", .link_prefix = "/sas"});
  EXPECT_EQ(get("/sas/m").status, 200);
  EXPECT_EQ(get("/metrics").status, 404);
  EXPECT_EQ(get("/").field("Location"), "/sas/");
}

TEST_F(WebServer, WithoutSocketsFromSystemdItSaysWhatToDo) {
  settings_.systemd_socket = true;
  Server server(context_.get_executor(), settings_, site_, log_);
  const auto addresses = server.listen();
  ASSERT_FALSE(addresses.has_value());
  EXPECT_NE(addresses.error().message.find(".socket unit"), std::string::npos);
}

TEST_F(WebServer, ListensNowhereWhenOneAddressFails) {
  Server first(context_.get_executor(), settings_, site_, log_);
  const std::string taken = first.listen()->front();
  ServerSettings both = settings_;
  both.listen_addresses = {"127.0.0.3:0", taken};
  Server second(context_.get_executor(), both, site_, log_);
  const auto addresses = second.listen();
  ASSERT_FALSE(addresses.has_value());
  EXPECT_NE(addresses.error().message.find("'" + taken + "': address already in use"), std::string::npos);
}

TEST_F(WebServer, ConnectionsPastTheBoundAreToldSoAndThoseBeforeGoOn) {
  settings_.max_connections = 3;
  start();
  std::list<RawClient> clients;
  for (int i = 0; i < 3; ++i)
    clients.push_back(connect());
  ASSERT_TRUE(until([&] { return server_->connections() == 3; }));
  {
    RawClient refused = connect();
    const Response response = ask(refused, kGetReady);
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.field("Retry-After"), "5");
    EXPECT_EQ(response.field("Connection"), "close");
    EXPECT_TRUE(until_ended(refused));
    EXPECT_TRUE(refused.closed());
  }
  for (RawClient& client : clients)
    EXPECT_EQ(ask(client, kGetReady).status, 200);
  clients.pop_front();
  ASSERT_TRUE(until([&] { return server_->connections() == 2; }));
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(WebServer, AFloodOfConnectionsStaysBounded) {
  settings_.max_connections = 5;
  start();
  std::list<RawClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.push_back(connect());
    turn();
    EXPECT_LE(server_->connections(), 10U);
  }
  clients.clear();
  EXPECT_TRUE(until([&] { return server_->connections() == 0; }));
  EXPECT_EQ(get("/-/ready").status, 200);
}

TEST_F(WebServer, OutOfDescriptorsItPausesAndComesBack) {
  start();
  RawClient client = connect();
  client.send(kGetReady);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none_left{.rlim_cur = 3, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none_left), 0);
  std::size_t handlers = 0;
  context_.restart();
  while (handlers < 1000 && context_.poll_one() > 0)
    ++handlers;
  const bool spins = handlers == 1000;
  if (!spins) {
    advance(1s);
    advance(1s);
  }
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_FALSE(spins) << "a failed accept is tried again at once";
  EXPECT_EQ(logged("cannot accept connections; trying again"), 1U) << logged_.str();
  client.receive();
  EXPECT_EQ(client.received, "");
  advance(200ms);
  EXPECT_EQ(response_of(client).status, 200);
  EXPECT_EQ(logged("accepting connections again"), 1U);
}

TEST_F(WebServer, StoppedItRefusesNewConnectionsAndClosesIdleOnesAtOnce) {
  start();
  RawClient idle = connect();
  EXPECT_EQ(ask(idle, kGetReady).status, 200);
  stop();
  EXPECT_TRUE(until([&] { return ended_; }));
  EXPECT_TRUE(until_ended(idle));
  EXPECT_TRUE(idle.closed());
  EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(WebServer, StoppedItLetsAScrapeUnderWayFinish) {
  tasks_ = 20'000;
  start();
  RawClient client = connect(16 * 1024);
  client.send(kGetMetrics);
  ASSERT_TRUE(until([&] { return client.receive(1) == 1; }));
  stop();
  turn();
  EXPECT_FALSE(ended_);
  EXPECT_TRUE(long_response_of(client).body == rendered(sample_scrape(exposition::Format::text, tasks_)));
  EXPECT_TRUE(until_ended(client));
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(until([&] { return ended_; }));
}

TEST_F(WebServer, StoppedItCutsOffWhatIsNotFinishedInTime) {
  tasks_ = 20'000;
  start();
  RawClient stuck = connect(16 * 1024);
  RawClient half = connect();
  stuck.send(kGetMetrics);
  half.send("GET / HT");
  ASSERT_TRUE(until([&] { return scrapes_ == 1 && server_->connections() == 2; }));
  stop();
  turn();
  EXPECT_FALSE(ended_);
  advance(2s);
  EXPECT_TRUE(until([&] { return ended_; }));
  EXPECT_EQ(server_->connections(), 0U);
  EXPECT_TRUE(until_ended(stuck) && until_ended(half));
  EXPECT_TRUE(stuck.reset()) << "a body cut short must not look whole";
  EXPECT_EQ(logged("requests under way are cut off"), 1U);
}

TEST_F(WebServer, CurlUnderstandsEveryAnswer) {
  if (!std::filesystem::exists("/usr/bin/curl")) GTEST_SKIP() << "curl is not installed";
  tasks_ = 3000;
  start();
  const std::string url = "http://127.0.0.1:" + std::to_string(port_);
  const auto curl = [&](const std::string& arguments) {
    const std::string file = ::testing::TempDir() + "curl-" + std::to_string(port_);
    // In the background, for it is this thread that answers it; the shell says when it is through.
    std::FILE* pipe =
        ::popen(("curl -sS --max-time 30 -o " + file + " -w '%{http_code}' " + arguments).c_str(), "r");
    const int descriptor = ::fileno(pipe);
    std::string status(3, ' ');
    EXPECT_TRUE(until([&] {
      fd_set readable;
      FD_ZERO(&readable);
      FD_SET(descriptor, &readable);
      timeval now{};
      return ::select(descriptor + 1, &readable, nullptr, nullptr, &now) == 1;
    }));
    status.resize(std::fread(status.data(), 1, status.size(), pipe));
    EXPECT_EQ(::pclose(pipe), 0) << arguments;
    std::ifstream in(file, std::ios::binary);
    std::string body(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(file);
    return std::pair(status, body);
  };
  const std::string body = rendered(sample_scrape(exposition::Format::text, tasks_));
  EXPECT_EQ(curl(url + "/metrics"), std::pair(std::string("200"), body));
  EXPECT_EQ(curl("--compressed " + url + "/metrics"), std::pair(std::string("200"), body));
  EXPECT_EQ(curl("--http1.0 " + url + "/metrics"), std::pair(std::string("200"), body));
  EXPECT_EQ(curl("--head " + url + "/metrics").first, "200");
  EXPECT_EQ(curl("-d x " + url + "/metrics").first, "405");
  EXPECT_EQ(curl("-H 'Expect: 100-continue' -d x " + url + "/nothing").first, "404");
}

}  // namespace
}  // namespace sas::web
