// SPDX-License-Identifier: Apache-2.0
#include "web/server_tls.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/tls_fixture.hpp"

namespace sas::web {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ServerTlsTest : public TlsServerTest {
 protected:
  std::size_t told(const std::string& text) const {
    const std::string log = logged_.str();
    std::size_t count = 0;
    for (std::size_t at = log.find(text); at != std::string::npos; at = log.find(text, at + 1))
      ++count;
    return count;
  }

  /// The serial number of the certificate that the next client is shown.
  std::string shown() {
    TlsClient client(port_);
    EXPECT_EQ(ask_over(client), kOk);
    return client.server_serial();
  }

  std::string problem(const settings::TlsServer& tls) const {
    const auto loaded = ServerTls::load(tls, folder_.path(""));
    return loaded ? "fine" : loaded.error().message;
  }
};

constexpr const char* kUseless = "the new certificate is of no use";

TEST_F(ServerTlsTest, ANewCertificateIsShownToTheNextClient) {
  start_with();
  const std::string before = shown();
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(told("read again"), 0U);
  install(authority_.issue("DNS:localhost"));
  const std::string after = shown();
  EXPECT_NE(after, before);
  EXPECT_EQ(told("read again"), 1U);
}

TEST_F(ServerTlsTest, AConnectionThatIsThereOutlivesItsCertificate) {
  start_with();
  TlsClient client(port_);
  ASSERT_EQ(ask_over(client), kOk);
  install(authority_.issue("DNS:localhost"));
  shown();
  EXPECT_EQ(ask_over(client), kOk);
}

TEST_F(ServerTlsTest, WhatIsOfNoUseIsToldOnceAndTheOneBeforeStays) {
  start_with();
  const std::string before = shown();
  const auto next = authority_.issue("DNS:localhost");
  folder_.write("a.crt", next.pem);  // the key comes later
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(told(kUseless), 1U) << logged_.str();
  std::filesystem::remove(folder_.path("a.key"));
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(told(kUseless), 2U) << "for another reason";
  folder_.write("a.key", next.key_pem);
  EXPECT_NE(shown(), before);
  EXPECT_EQ(told("read again"), 1U);
  EXPECT_THAT(logged_.str(), testing::Not(HasSubstr("PRIVATE")));
}

TEST_F(ServerTlsTest, ConnectionsStayWhereTheConfigurationSaysTheSameAndPartWhereItDoesNot) {
  start_with();
  TlsClient client(port_);
  ASSERT_EQ(ask_over(client), kOk);
  server_->use(config());
  ASSERT_EQ(ask_over(client), kOk);
  EXPECT_THAT(client.received, testing::Not(HasSubstr("Connection: close")));
  server_->use(config("  min_version: TLS13\n"));
  ASSERT_EQ(ask_over(client), kOk) << "one more answer";
  EXPECT_THAT(client.received, HasSubstr("Connection: close"));
  EXPECT_TRUE(until([&] { return client.step() == TlsClient::State::ended; }));
}

TEST_F(ServerTlsTest, PlainConnectionsPartWhereTlsBegins) {
  start();
  RawClient client = connect();
  ASSERT_EQ(ask(client, "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  server_->use(config());
  const Response last = ask(client, "GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(last.status, 200);
  EXPECT_EQ(last.field("Connection"), "close");
  EXPECT_EQ(outcome(), kOk);
}

TEST_F(ServerTlsTest, ANewAuthorityJudgesTheNextClient) {
  start_with("  client_ca_file: ca.crt\n  client_auth_type: RequireAndVerifyClientCert\n");
  const support::CertificateAuthority other;
  const auto theirs = other.issue("DNS:a");
  EXPECT_NE(outcome({.certificate = &theirs}), kOk);
  folder_.write("ca.crt", other.pem());
  EXPECT_EQ(outcome({.certificate = &theirs}), kOk);
}

TEST_F(ServerTlsTest, WhatCannotBeReadIsNamed) {
  const settings::TlsServer good{.cert_file = "a.crt", .key_file = "a.key"};
  EXPECT_EQ(problem(good), "fine");
  settings::TlsServer tls = good;
  tls.cert_file = "none.crt";
  EXPECT_THAT(problem(tls), HasSubstr("cert_file " + folder_.path("none.crt") + ": No such file"));
  tls = good;
  tls.key_file = "none.key";
  EXPECT_THAT(problem(tls), HasSubstr("key_file"));
  tls = good;
  tls.client_ca_file = "none.crt";
  EXPECT_THAT(problem(tls), HasSubstr("client_ca_file"));
  tls = good;
  tls.cert_file = folder_.path("a.crt");
  EXPECT_EQ(problem(tls), "fine") << "an absolute path";
}

TEST_F(ServerTlsTest, TextsInTheConfigurationNeedNoFiles) {
  const auto issued = authority_.issue("DNS:localhost");
  EXPECT_EQ(problem({.cert = issued.pem, .key = Secret(issued.key_pem)}), "fine");
  EXPECT_EQ(problem({.cert = issued.pem, .key_file = "a.key"}).find("fine"), std::string::npos)
      << "another's key";
}

TEST_F(ServerTlsTest, AKeyThatEveryoneCanReadIsWorthAWarning) {
  namespace fs = std::filesystem;
  fs::permissions(folder_.path("a.key"), fs::perms::owner_read | fs::perms::group_read);
  EXPECT_THAT(config()->warnings, IsEmpty());
  fs::permissions(folder_.path("a.key"), fs::perms::others_read, fs::perm_options::add);
  EXPECT_THAT(config()->warnings, testing::ElementsAre(HasSubstr("chmod o-r")));
}

}  // namespace
}  // namespace sas::web
