// SPDX-License-Identifier: Apache-2.0
#include "web/tls_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/web/tls_fixture.hpp"

namespace sas::web {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class TlsContextTest : public TlsServerTest {
 protected:
  static std::string problem(const PemTexts& pem, const settings::TlsServer& tls = {}) {
    const auto made = TlsContext::make(tls, pem);
    return made ? "fine" : made.error().message;
  }
};

TEST_F(TlsContextTest, ItIsMadeOfACertificateAndItsKey) {
  const auto ours = authority_.issue("DNS:a");
  const auto other = authority_.issue("DNS:b");
  const Secret key(ours.key_pem);
  EXPECT_EQ(problem({.cert = Secret(ours.pem), .key = key, .client_ca = {}}), "fine");
  EXPECT_EQ(
      problem(
          {.cert = Secret(ours.pem + authority_.pem()), .key = key, .client_ca = Secret(authority_.pem())}),
      "fine");
  EXPECT_THAT(problem({.cert = Secret(ours.pem), .key = Secret(other.key_pem), .client_ca = {}}),
              HasSubstr("the key does not belong to the certificate"));
  EXPECT_THAT(problem({.cert = {}, .key = key, .client_ca = {}}), HasSubstr("the certificate is not usable"));
  EXPECT_THAT(problem({.cert = Secret("nothing"), .key = key, .client_ca = {}}),
              HasSubstr("the certificate is not usable"));
  EXPECT_THAT(problem({.cert = Secret(ours.pem), .key = {}, .client_ca = {}}),
              HasSubstr("the key is not usable"));
  EXPECT_THAT(problem({.cert = Secret(ours.pem), .key = Secret(ours.pem), .client_ca = {}}),
              HasSubstr("the key is not usable"));
  EXPECT_THAT(problem({.cert = Secret(ours.pem), .key = key, .client_ca = Secret("nothing")}),
              HasSubstr("the clients' authority is not usable"));
  const std::string torn = authority_.pem().substr(0, authority_.pem().size() / 2);
  EXPECT_THAT(problem({.cert = Secret(ours.pem + torn), .key = key, .client_ca = {}}), HasSubstr("chain"));
}

TEST_F(TlsContextTest, AnEncryptedKeyIsRefusedWithoutAskingAnybody) {
  const auto ours = authority_.issue("DNS:a");
  const Secret key("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIHs\n-----END ENCRYPTED PRIVATE KEY-----\n");
  EXPECT_THAT(problem({.cert = Secret(ours.pem), .key = key, .client_ca = {}}),
              HasSubstr("without a passphrase"));
}

TEST_F(TlsContextTest, VersionsAreBounded) {
  start_with();
  EXPECT_EQ(outcome({.max_version = TLS1_2_VERSION}), kOk);
  EXPECT_EQ(outcome({.min_version = TLS1_3_VERSION}), kOk);
  EXPECT_THAT(
      outcome({.min_version = TLS1_VERSION, .max_version = TLS1_1_VERSION, .ciphers = "ALL@SECLEVEL=0"}),
      StartsWith("refused"));
  server_->use(config("  min_version: TLS13\n"));
  EXPECT_THAT(outcome({.max_version = TLS1_2_VERSION}), StartsWith("refused"));
  EXPECT_EQ(outcome(), kOk);
  server_->use(config("  max_version: TLS12\n"));
  EXPECT_THAT(outcome({.min_version = TLS1_3_VERSION}), StartsWith("refused"));
}

TEST_F(TlsContextTest, SuitesAreThoseOfTheListInItsOrder) {
  constexpr const char* kBoth = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256";
  const auto cipher = [this](const std::string& more) {
    server_->use(config(more));
    TlsClient client(port_, {.max_version = TLS1_2_VERSION, .ciphers = kBoth});
    EXPECT_EQ(ask_over(client), kOk);
    return std::string(SSL_get_cipher_name(client.native()));
  };
  start();
  const std::string suites =
      "  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]\n";
  EXPECT_EQ(cipher(suites), "ECDHE-ECDSA-AES128-GCM-SHA256") << "the server's order";
  EXPECT_EQ(cipher(suites + "  prefer_server_cipher_suites: false\n"), "ECDHE-ECDSA-AES256-GCM-SHA384")
      << "the client's order";
  EXPECT_THAT(outcome({.max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-CHACHA20-POLY1305"}),
              StartsWith("refused"));
}

TEST_F(TlsContextTest, CurvesAreThoseOfTheList) {
  start_with("  curve_preferences: [CurveP384]\n");
  EXPECT_EQ(outcome({.groups = "P-384:X25519"}), kOk);
  EXPECT_THAT(outcome({.groups = "X25519"}), StartsWith("refused"));
}

TEST_F(TlsContextTest, NoSessionIsTakenUpAgain) {
  start_with();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient first(port_, {.min_version = version, .max_version = version});
    ASSERT_EQ(ask_over(first), kOk);
    const std::shared_ptr<SSL_SESSION> session(SSL_get1_session(first.native()), &SSL_SESSION_free);
    TlsClient second(port_, {.min_version = version, .max_version = version, .session = session.get()});
    ASSERT_EQ(ask_over(second), kOk);
    EXPECT_EQ(SSL_session_reused(second.native()), 0);
  }
}

}  // namespace
}  // namespace sas::web
