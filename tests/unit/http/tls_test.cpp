// SPDX-License-Identifier: Apache-2.0
// The client over TLS, against real handshakes: whom it believes, and what it says when it does not.
#include "http/tls.hpp"

#include <sys/stat.h>

#include "support/connect_proxy.hpp"
#include "support/http_fixture.hpp"

namespace sas::http {
namespace {

using std::chrono::seconds;
using support::answer;
using support::HttpServer;
using support::Then;

class TlsTest : public support::HttpFixture {
 public:
  void SetUp() override {
    HttpFixture::SetUp();
    ca_file = file(authority.pem());
  }

  void expect_not_accepted(const std::string& url, const std::string& reason) {
    const auto response = fetch(url);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::give_up);
    EXPECT_EQ(response.error().cause, ErrorCause::tls);
    EXPECT_EQ(response.error().message,
              "TLS handshake with " + url.substr(8) + ": the certificate is not accepted: " + reason);
  }

  support::CertificateAuthority authority;
};

TEST_F(TlsTest, CertificateOfTheExtraAuthorityIsAccepted) {
  HttpServer server{context(), authority.issue("DNS:localhost,IP:127.0.0.1")};
  const std::string big(200'000, 'x');
  server.script_connection({answer(big), answer("again")});
  EXPECT_EQ(fetch(server.url("localhost"))->body, big);
  EXPECT_EQ(fetch(server.url("localhost"))->body, "again");
  EXPECT_EQ(server.accepted(), 1U);
  EXPECT_EQ(server.server_names(), std::vector<std::string>{"localhost"});
}

TEST_F(TlsTest, AddressIsCheckedAgainstTheCertificatesAddressesAndSentAsNoName) {
  HttpServer server{context(), authority.issue("IP:127.0.0.1")};
  EXPECT_TRUE(fetch(server.url("127.0.0.1")));
  EXPECT_EQ(server.server_names(), std::vector<std::string>{""});
  HttpServer named{context(), authority.issue("DNS:localhost")};
  expect_not_accepted(named.url("127.0.0.1"), "IP address mismatch");
}

TEST_F(TlsTest, WithoutTheAuthorityItIsNotAccepted) {
  HttpServer server{context(), authority.issue("DNS:localhost")};
  ca_file = "";
  expect_not_accepted(server.url("localhost"), "unable to get local issuer certificate");
  EXPECT_EQ(server.requests().size(), 0U);
}

TEST_F(TlsTest, AuthorityOfOneRequestIsNotTrustedByAnother) {
  HttpServer server{context(), authority.issue("DNS:localhost")};
  ASSERT_TRUE(fetch(server.url("localhost")));
  ca_file = "";  // the connection that is open was made under another trust
  expect_not_accepted(server.url("localhost"), "unable to get local issuer certificate");
}

TEST_F(TlsTest, ExpiredCertificateIsNotAccepted) {
  HttpServer server{context(), authority.issue("DNS:localhost", support::Validity::expired)};
  expect_not_accepted(server.url("localhost"), "certificate has expired");
}

TEST_F(TlsTest, CertificateOfAnotherHostIsNotAccepted) {
  HttpServer server{context(), authority.issue("DNS:example.com,DNS:*.example.com")};
  expect_not_accepted(server.url("localhost"), "hostname mismatch");
}

TEST_F(TlsTest, SelfSignedCertificateIsNotAccepted) {
  HttpServer server{context(), support::self_signed("DNS:localhost")};
  expect_not_accepted(server.url("localhost"), "self-signed certificate");
}

TEST_F(TlsTest, OlderThanTls12IsRefused) {
  HttpServer server{context(), authority.issue("DNS:localhost"), TLS1_1_VERSION};
  const auto response = fetch(server.url("localhost"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::tls);
  EXPECT_NE(response.error().message.find("protocol version"), std::string::npos) << response.error().message;
}

TEST_F(TlsTest, Tls12IsSpoken) {
  HttpServer server{context(), authority.issue("DNS:localhost"), TLS1_2_VERSION};
  EXPECT_TRUE(fetch(server.url("localhost")));
}

TEST_F(TlsTest, ServerThatSpeaksNoTlsIsNamedAsSuch) {
  HttpServer server{context()};
  Running<Result<Response>> running;
  const Request request = get("https://" + server.url("localhost").substr(7));
  start(client().exchange(request), running);
  run_until([&] { return server.open() == 1; });
  server.push("HTTP/1.1 400 Bad Request\r\n\r\n");
  run_until([&] { return running.done(); });
  const auto response = running.take();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::tls);
  EXPECT_NE(response.error().message.find("wrong version number"), std::string::npos)
      << response.error().message;
}

TEST_F(TlsTest, HandshakeThatGetsNoAnswerTimesOut) {
  HttpServer other{context(), authority.issue("DNS:localhost")};
  ASSERT_TRUE(fetch(other.url("localhost")));  // so that the authorities are loaded
  HttpServer server{context()};
  Running<Result<Response>> running;
  const Request request = get("https://" + server.url().substr(7));
  start(client().exchange(request), running);
  run_until([&] { return server.open() == 1; });
  while (context().poll() > 0) {
  }
  clock().advance(seconds{5});
  run_until([&] { return running.done(); });
  const auto response = running.take();
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::timeout);
  EXPECT_EQ(response.error().message,
            "TLS handshake with 127.0.0.1:" + std::to_string(server.port()) + " took longer than allowed");
}

TEST_F(TlsTest, AuthoritiesThatAreNoFileAreAnErrorAndNotWaitedFor) {
  HttpServer server{context(), authority.issue("DNS:localhost")};
  const std::string pipe = file("") + ".pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  ca_file = pipe;
  const auto response = fetch(server.url("localhost"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().message, "TLS handshake with localhost:" + std::to_string(server.port()) +
                                          ": cannot load certificate authorities from " + pipe +
                                          ": not a regular file");
}

TEST_F(TlsTest, AnswerThatEndsWithItsConnectionIsWholeOnlyAfterTlssFarewell) {
  HttpServer server{context(), authority.issue("DNS:localhost")};
  server.script_connection({{.bytes = "HTTP/1.1 200 OK\r\n\r\nwhole", .then = Then::close}});
  server.script_connection({{.bytes = "HTTP/1.1 200 OK\r\n\r\ncut off by somebody?", .then = Then::drop}});
  EXPECT_EQ(fetch(server.url("localhost"))->body, "whole");
  const auto cut = fetch(server.url("localhost"));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().cause, ErrorCause::transport);
}

TEST_F(TlsTest, CaFileThatCannotBeUsedIsNamed) {
  HttpServer server{context(), authority.issue("DNS:localhost")};
  for (const std::string& unusable : {std::string{"/nonexistent/ca.pem"}, file("not a certificate")}) {
    ca_file = unusable;
    const auto response = fetch(server.url("localhost"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, ErrorKind::give_up);
    EXPECT_EQ(response.error().cause, ErrorCause::tls);
    EXPECT_NE(response.error().message.find(unusable), std::string::npos) << response.error().message;
  }
}

class TunnelTest : public TlsTest {
 public:
  void use_proxy(const std::string& user = "", const std::string& no_proxy = "") {
    use({.user_agent = "sas/1",
         .https_proxy = "http://" + user + "127.0.0.1:" + std::to_string(proxy.port()),
         .no_proxy = no_proxy});
  }

  support::ConnectProxy proxy{context()};
  HttpServer server{context(), authority.issue("DNS:localhost")};
};

TEST_F(TunnelTest, HttpsGoesThroughTheProxyAndIsStillVerified) {
  use_proxy("user:pa%40ss@");
  EXPECT_TRUE(fetch(server.url("localhost")));
  EXPECT_TRUE(fetch(server.url("localhost")));  // over the same tunnel
  const std::string destination = "localhost:" + std::to_string(server.port());
  EXPECT_EQ(proxy.requests(),
            std::vector<std::string>{"CONNECT " + destination + " HTTP/1.1\r\nHost: " + destination +
                                     "\r\nUser-Agent: sas/1\r\nProxy-Authorization: Basic "
                                     "dXNlcjpwYUBzcw==\r\n\r\n"});
  EXPECT_EQ(server.requests().at(0).find("Proxy-Authorization"), std::string::npos);
  HttpServer impostor{context(), support::self_signed("DNS:localhost")};
  expect_not_accepted(impostor.url("localhost"), "self-signed certificate");
}

TEST_F(TunnelTest, ExceptedHostsAndPlainHttpGoDirectly) {
  use_proxy("", "example.com,localhost");
  HttpServer plain{context()};
  EXPECT_TRUE(fetch(server.url("localhost")));
  EXPECT_TRUE(fetch(plain.url()));
  EXPECT_TRUE(proxy.requests().empty());
}

TEST_F(TunnelTest, RefusalNamesTheProxyAndItsStatus) {
  use_proxy("user:pa55@");
  proxy.answer_with("HTTP/1.1 407 Proxy Authentication Required");
  const auto response = fetch(server.url("localhost"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, ErrorKind::give_up);
  EXPECT_EQ(response.error().cause, ErrorCause::transport);
  EXPECT_EQ(response.error().message, "asking for a tunnel to localhost:" + std::to_string(server.port()) +
                                          " from proxy 127.0.0.1:" + std::to_string(proxy.port()) +
                                          ": it answered with HTTP status 407");
  proxy.answer_with("HTTP/1.1 502 Bad Gateway");
  EXPECT_EQ(fetch(server.url("localhost")).error().kind, ErrorKind::retry);
}

TEST_F(TunnelTest, ProxyThatCannotBeUsedIsAnErrorAndNotPassedBy) {
  use({.https_proxy = "socks5://127.0.0.1:1"});
  const auto response = fetch(server.url("localhost"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().cause, ErrorCause::configuration);
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace sas::http
