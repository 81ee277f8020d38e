// SPDX-License-Identifier: Apache-2.0
// The way to real servers on loopback, and what is told of it where it ends early.
#include "http/probe.hpp"

#include <gmock/gmock.h>

#include "support/connect_proxy.hpp"
#include "support/http_fixture.hpp"

namespace sas::http {
namespace {

using support::HttpServer;
using testing::ElementsAre;
using testing::HasSubstr;

class ProbeTest : public support::HttpFixture {
 public:
  void SetUp() override {
    HttpFixture::SetUp();
    ca_file = file(authority.pem());
  }

  Result<Probe> look(const std::string& url) { return await(probe(url, ca_file, settings, trust)); }

  TlsInspection tls(const std::string& url) {
    const Result<Probe> seen = look(url);
    if (!seen || !seen->tls) {
      ADD_FAILURE() << "never came to TLS";
      return {};
    }
    return *seen->tls;
  }

  static std::string https(const HttpServer& server) {
    return "https://" + server.url("localhost").substr(7);
  }

  std::uint16_t nobody_listens() {
    asio::ip::tcp::acceptor acceptor(context(), {asio::ip::address_v4::loopback(), 0});
    return acceptor.local_endpoint().port();
  }

  support::CertificateAuthority authority;
  TrustStores trust;
  ClientSettings settings;
};

TEST_F(ProbeTest, EachStepOfAWayThatIsOpenIsTold) {
  HttpServer server{context(), authority.issue("DNS:localhost,IP:127.0.0.1")};
  const Result<Probe> seen = look(server.url("localhost"));
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->peer, "localhost:" + std::to_string(server.port()));
  EXPECT_FALSE(seen->through_proxy);
  EXPECT_THAT(*seen->addresses, testing::Contains("127.0.0.1"));
  EXPECT_EQ(**seen->connected, "127.0.0.1");
  EXPECT_FALSE(seen->tunnel);
  ASSERT_TRUE(seen->tls);
  EXPECT_THAT(seen->tls->faults, ElementsAre());
  EXPECT_EQ(seen->tls->version, "TLSv1.3");
  ASSERT_TRUE(seen->tls->certificate);
  EXPECT_EQ(seen->tls->certificate->issuer, "CN=Test CA");
  EXPECT_EQ(seen->tls->certificate->subject, "CN=Test server");
  EXPECT_THAT(seen->tls->certificate->names, ElementsAre("localhost", "127.0.0.1"));
  EXPECT_EQ(seen->tls->certificate->not_after - seen->tls->certificate->not_before, std::chrono::hours{3});
  run_until([&] { return server.open() == 0 && !server.server_names().empty(); });
  EXPECT_THAT(server.server_names(), ElementsAre("localhost"));
  EXPECT_THAT(server.requests(), ElementsAre());
}

TEST_F(ProbeTest, EachFaultOfACertificateIsTold) {
  HttpServer expired{context(), authority.issue("DNS:localhost", support::Validity::expired)};
  const TlsInspection inspection = tls(expired.url("localhost"));
  EXPECT_THAT(inspection.faults, ElementsAre(TlsFault::expired));
  EXPECT_EQ(inspection.reason, "certificate has expired");
  EXPECT_EQ(inspection.certificate->issuer, "CN=Test CA");
  HttpServer misnamed{context(), authority.issue("DNS:example.com")};
  EXPECT_THAT(tls(misnamed.url("localhost")).faults, ElementsAre(TlsFault::wrong_name));
  EXPECT_THAT(tls(misnamed.url("127.0.0.1")).faults, ElementsAre(TlsFault::wrong_name));
  HttpServer self_made{context(), support::self_signed("DNS:localhost")};
  EXPECT_THAT(tls(self_made.url("localhost")).faults, ElementsAre(TlsFault::untrusted));
}

TEST_F(ProbeTest, AllFaultsAreToldAtOnce) {
  HttpServer server{context(), authority.issue("DNS:example.com", support::Validity::expired)};
  ca_file = "";
  const TlsInspection inspection = tls(server.url("localhost"));
  EXPECT_THAT(inspection.faults,
              testing::UnorderedElementsAre(TlsFault::untrusted, TlsFault::wrong_name, TlsFault::expired));
  EXPECT_EQ(inspection.reason, "unable to get local issuer certificate");
  EXPECT_THAT(inspection.certificate->names, ElementsAre("example.com"));
  EXPECT_THAT(server.requests(), ElementsAre());
}

TEST_F(ProbeTest, ServerOfAnotherProtocolIsNoTls) {
  HttpServer server{context()};
  Running<Result<Probe>> running;
  start(probe(https(server), ca_file, settings, trust), running);
  run_until([&] { return server.open() == 1; });
  server.push("HTTP/1.1 400 Bad Request\r\n\r\n");
  run_until([&] { return running.done(); });
  const Result<Probe> seen = running.take();
  EXPECT_THAT(seen->tls->faults, ElementsAre(TlsFault::no_tls));
  EXPECT_FALSE(seen->tls->certificate);
}

TEST_F(ProbeTest, ServerThatSpeaksTooOldATlsGivesNoHandshake) {
  HttpServer server{context(), authority.issue("DNS:localhost"), TLS1_1_VERSION};
  EXPECT_THAT(tls(server.url("localhost")).faults, ElementsAre(TlsFault::no_handshake));
}

TEST_F(ProbeTest, SilentServerIsGivenUpWhenTheClientWould) {
  HttpServer server{context()};
  Running<Result<Probe>> running;
  start(probe(https(server), ca_file, settings, trust), running);
  run_until([&] { return server.open() == 1; });
  while (context().poll() > 0) {
  }
  clock().advance(settings.tls_timeout);
  run_until([&] { return running.done(); });
  const Result<Probe> seen = running.take();
  EXPECT_THAT(seen->tls->faults, ElementsAre(TlsFault::no_handshake));
  EXPECT_EQ(seen->tls->reason, "the handshake took longer than allowed");
  EXPECT_EQ(seen->tls->version, "");
}

TEST_F(ProbeTest, ClosedPortIsSeenAfterTheNameWasFound) {
  const Result<Probe> seen = look("https://127.0.0.1:" + std::to_string(nobody_listens()));
  EXPECT_THAT(*seen->addresses, ElementsAre("127.0.0.1"));
  ASSERT_TRUE(seen->connected);
  ASSERT_FALSE(*seen->connected);
  EXPECT_EQ(seen->connected->error().message, "Connection refused");
  EXPECT_FALSE(seen->tls);
}

TEST_F(ProbeTest, NameThatIsNotFoundEndsIt) {
  const Result<Probe> seen = look("https://no-such-host.invalid");
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->peer, "no-such-host.invalid:443");
  EXPECT_FALSE(seen->addresses);
  EXPECT_FALSE(seen->connected);
  EXPECT_FALSE(seen->tls);
}

TEST_F(ProbeTest, PlainHttpEndsWithTheConnection) {
  HttpServer server{context()};
  const Result<Probe> seen = look(server.url());
  EXPECT_TRUE(*seen->connected);
  EXPECT_FALSE(seen->tls);
}

TEST_F(ProbeTest, WhatCannotBeUsedIsAnErrorBeforeAnythingIsAsked) {
  ca_file = "/nonexistent/ca.pem";
  EXPECT_THAT(look("https://localhost").error().message, HasSubstr("/nonexistent/ca.pem"));
  ca_file = "";
  settings.https_proxy = "socks5://user:pa55word@127.0.0.1:1";
  const Result<Probe> seen = look("https://localhost");
  EXPECT_EQ(seen.error().cause, ErrorCause::configuration);
  EXPECT_THAT(seen.error().message, testing::Not(HasSubstr("pa55word")));
}

class ProbeThroughProxyTest : public ProbeTest {
 public:
  void SetUp() override {
    ProbeTest::SetUp();
    settings.https_proxy = "http://user:pa55@127.0.0.1:" + std::to_string(proxy.port());
  }

  support::ConnectProxy proxy{context()};
  HttpServer server{context(), authority.issue("DNS:localhost")};
};

TEST_F(ProbeThroughProxyTest, ProxyIsWhoIsLookedUpAndConnectedTo) {
  const Result<Probe> seen = look(server.url("localhost"));
  EXPECT_TRUE(seen->through_proxy);
  EXPECT_EQ(seen->peer, "127.0.0.1:" + std::to_string(proxy.port()));
  EXPECT_TRUE(*seen->connected);
  EXPECT_TRUE(seen->tunnel && *seen->tunnel);
  ASSERT_TRUE(seen->tls);
  EXPECT_THAT(seen->tls->faults, ElementsAre());
  EXPECT_THAT(proxy.requests().at(0), HasSubstr("Proxy-Authorization: Basic "));
}

TEST_F(ProbeThroughProxyTest, ProxyThatRefusesTheTunnelEndsIt) {
  proxy.answer_with("HTTP/1.1 407 Proxy Authentication Required");
  const Result<Probe> seen = look(server.url("localhost"));
  EXPECT_TRUE(*seen->connected);
  ASSERT_TRUE(seen->tunnel);
  EXPECT_EQ(seen->tunnel->error().message, "it answered with HTTP status 407");
  EXPECT_FALSE(seen->tls);
}

TEST_F(ProbeThroughProxyTest, ExceptedHostIsReachedDirectly) {
  settings.no_proxy = "localhost";
  const Result<Probe> seen = look(server.url("localhost"));
  EXPECT_FALSE(seen->through_proxy);
  EXPECT_THAT(proxy.requests(), ElementsAre());
}

}  // namespace
}  // namespace sas::http
