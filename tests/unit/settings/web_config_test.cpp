// SPDX-License-Identifier: Apache-2.0
#include "settings/web_config.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::settings {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

const std::string kHash = "$2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze";
const std::string kPair = "tls_server_config:\n  cert_file: a.crt\n  key_file: a.key\n";

std::vector<std::string> mistakes(std::string_view yaml) {
  const auto parsed = parse_web_config(yaml);
  std::vector<std::string> lines;
  if (const auto* found = std::get_if<std::vector<Mistake>>(&parsed)) {
    for (const Mistake& mistake : *found)
      lines.push_back(to_string(mistake, "f"));
  }
  return lines;
}

WebConfig good(std::string_view yaml) {
  for (const std::string& line : mistakes(yaml))
    ADD_FAILURE() << line << " in:\n" << yaml;
  auto parsed = parse_web_config(yaml);
  return std::holds_alternative<WebConfig>(parsed) ? std::get<WebConfig>(std::move(parsed)) : WebConfig{};
}

TEST(WebConfigFile, NothingInItIsPlainHttpForEverybody) {
  for (const char* yaml : {"", "# only a remark\n", "{}", "~", "tls_server_config:\n",
                           "tls_server_config: {}\nbasic_auth_users:\n",
                           "http_server_config: {http2: true, headers: {}}\n", "rate_limit: {interval: 0s}"})
    EXPECT_EQ(good(yaml), WebConfig{}) << yaml;
}

TEST(WebConfigFile, EachKeyIsTaken) {
  const WebConfig config = good(
      "tls_server_config:\n  cert_file: a.crt\n  key_file: /b/a.key\n  client_auth_type: "
      "RequireAndVerifyClientCert\n"
      "  client_ca_file: ca.crt\n  client_allowed_sans: [one.example, '::1']\n  min_version: TLS13\n  "
      "max_version: TLS13\n"
      "  cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]\n"
      "  prefer_server_cipher_suites: false\n  curve_preferences: [X25519, CurveP384]\n"
      "http_server_config:\n  http2: false\n  headers:\n    X-Frame-Options: deny\n    X-XSS-Protection: ''\n"
      "    Strict-Transport-Security: max-age=31536000\n"
      "basic_auth_users:\n  alice: " +
      kHash + "\n  'b o b': '" + kHash +
      "'\n"
      "rate_limit: {interval: 1.5s, burst: 20}\n");
  ASSERT_TRUE(config.tls);
  const TlsServer wanted{.cert_file = "a.crt",
                         .key_file = "/b/a.key",
                         .client_ca_file = "ca.crt",
                         .client_auth = ClientAuth::require_and_verify_client_cert,
                         .client_allowed_sans = {"one.example", "::1"},
                         .min_version = TlsVersion::tls13,
                         .max_version = TlsVersion::tls13,
                         .ciphers = {"ECDHE-RSA-AES256-GCM-SHA384"},
                         .prefer_server_ciphers = false,
                         .groups = {"X25519", "P-384"}};
  EXPECT_EQ(*config.tls, wanted);
  EXPECT_THAT(config.headers, ElementsAre(Header{"X-Frame-Options", "deny"},
                                          Header{"Strict-Transport-Security", "max-age=31536000"}));
  EXPECT_THAT(config.users, ElementsAre(User{"alice", Secret(kHash)}, User{"b o b", Secret(kHash)}));
  EXPECT_EQ(config.rate_limit, (RateLimit{.interval = 1500ms, .burst = 20}));
}

TEST(WebConfigFile, CertificatesMayStandInIt) {
  const WebConfig config =
      good("tls_server_config: {cert: C, key: K, client_ca: A, client_auth_type: VerifyClientCertIfGiven}");
  EXPECT_EQ(config.tls->cert, "C");
  EXPECT_EQ(config.tls->key, Secret("K"));
  EXPECT_EQ(config.tls->client_ca, "A");
}

TEST(WebConfigFile, ClientAuthHasTheWordsOfGo) {
  struct {
    const char* word;
    ClientAuth auth;
  } const kWords[] = {{"''", ClientAuth::no_client_cert},
                      {"NoClientCert", ClientAuth::no_client_cert},
                      {"RequestClientCert", ClientAuth::request_client_cert},
                      {"RequireAnyClientCert", ClientAuth::require_any_client_cert},
                      {"RequireClientCert", ClientAuth::require_any_client_cert},
                      {"VerifyClientCertIfGiven", ClientAuth::verify_client_cert_if_given},
                      {"RequireAndVerifyClientCert", ClientAuth::require_and_verify_client_cert}};
  for (const auto& each : kWords)
    EXPECT_EQ(good(kPair + "  client_auth_type: " + each.word).tls->client_auth, each.auth) << each.word;
}

TEST(WebConfigFile, SuitesOfTls13AloneLeaveNoOtherVersion) {
  EXPECT_EQ(good(kPair + "  cipher_suites: [TLS_AES_128_GCM_SHA256]").tls->min_version, TlsVersion::tls13);
  EXPECT_EQ(good(kPair + "  cipher_suites: []").tls->min_version, TlsVersion::tls12);
  EXPECT_THAT(mistakes(kPair + "  cipher_suites: [TLS_AES_128_GCM_SHA256]\n  max_version: TLS12"),
              ElementsAre(HasSubstr("tls_server_config.cipher_suites: holds none of TLS 1.2")));
}

struct Wrong {
  std::string yaml;
  std::string told;  // within the one line that is told
};

class WebConfigMistakes : public testing::TestWithParam<Wrong> {};

TEST_P(WebConfigMistakes, AreToldWithTheirPlaceAndWhatWouldBeRight) {
  EXPECT_THAT(mistakes(GetParam().yaml), ElementsAre(HasSubstr(GetParam().told))) << GetParam().yaml;
}

INSTANTIATE_TEST_SUITE_P(
    OfAnyKind, WebConfigMistakes,
    testing::Values(
        Wrong{"[]", "f:1:1: a mapping of keys is needed here; found a list"},
        Wrong{"tls_config: {}",
              "f:1:1: tls_config: is not known here; known are tls_server_config, http_server_config, "
              "basic_auth_users, rate_limit"},
        Wrong{"tls_server_confg: {}", "did you mean tls_server_config?"},
        Wrong{"basic_auth_excluded_paths: [/x]", "is not supported; web.health_without_auth"},
        Wrong{kPair + "  certfile: x",
              "f:4:3: tls_server_config.certfile: is not known here; did you mean cert_file?"},
        Wrong{kPair + "  cert_file: b.crt",
              "f:4:3: tls_server_config.cert_file: stands here twice, first in line 2"},
        Wrong{"tls_server_config: 1", "f:1:20: tls_server_config: a mapping of keys is needed here"},
        Wrong{"tls_server_config:\n  cert_file: a",
              "f:2:3: tls_server_config.key_file: is missing; TLS needs it"},
        Wrong{"tls_server_config:\n  key_file: a", "tls_server_config.cert_file: is missing"},
        Wrong{"tls_server_config:\n  cert_file: ''\n  key_file: a",
              "f:2:14: tls_server_config.cert_file: is missing"},
        Wrong{kPair + "  cert: x", "f:4:9: tls_server_config.cert: stands here and in cert_file as well"},
        Wrong{kPair + "  key: x", "tls_server_config.key: stands here and in key_file as well"},
        Wrong{kPair + "  client_ca: x\n  client_ca_file: y\n  client_auth_type: RequestClientCert",
              "client_ca: stands here and in client_ca_file"},
        Wrong{kPair + "  client_auth_type: Always",
              "f:4:21: tls_server_config.client_auth_type: 'Always' is not one of NoClientCert"},
        Wrong{kPair + "  client_ca_file: x", "f:4:19: tls_server_config.client_ca_file: has no effect while"},
        Wrong{kPair + "  client_ca: x", "tls_server_config.client_ca: has no effect while"},
        Wrong{kPair + "  client_allowed_sans: [a]",
              "f:4:24: tls_server_config.client_allowed_sans: needs client_auth_type"},
        Wrong{kPair + "  client_allowed_sans: [a]\n  client_auth_type: VerifyClientCertIfGiven",
              "client_allowed_sans: needs client_auth_type"},
        Wrong{kPair + "  client_allowed_sans: []\n  client_auth_type: RequireAnyClientCert",
              "client_allowed_sans: is empty"},
        Wrong{kPair + "  client_allowed_sans: a", "a list such as [one, two] is needed here"},
        Wrong{kPair + "  min_version: TLS10",
              "f:4:16: tls_server_config.min_version: 'TLS10' is too old to be safe"},
        Wrong{kPair + "  max_version: TLS11", "tls_server_config.max_version: 'TLS11' is too old to be safe"},
        Wrong{kPair + "  min_version: '1.2'", "'1.2' is not one of TLS12, TLS13"},
        Wrong{kPair + "  min_version: TLS13\n  max_version: TLS12",
              "tls_server_config.max_version: is below min_version"},
        Wrong{kPair + "  cipher_suites: [TLS_NULL]",
              "f:4:19: tls_server_config.cipher_suites[0]: 'TLS_NULL' is none of TLS_AES"},
        Wrong{kPair + "  curve_preferences: [X25519, P256]",
              "tls_server_config.curve_preferences[1]: 'P256' is none of CurveP256"},
        Wrong{kPair + "  prefer_server_cipher_suites: 1", "'1' is neither true nor false"},
        Wrong{"http_server_config: {http2: maybe}",
              "http_server_config.http2: 'maybe' is neither true nor false"},
        Wrong{"http_server_config: {headers: {Server: x}}",
              "f:1:32: http_server_config.headers.Server: is no header that can be set"},
        Wrong{"http_server_config: {headers: {X-Frame-Options: allow}}",
              "'allow' is none of deny, sameorigin"},
        Wrong{"http_server_config: {headers: {X-XSS-Protection: [1]}}", "a single value is needed here"},
        Wrong{"basic_auth_users: [alice]", "a mapping of names to hashes is needed here"},
        Wrong{"basic_auth_users: {alice: }", "basic_auth_users.alice: the value is no hash of bcrypt"},
        Wrong{"basic_auth_users: {'a:b': '" + kHash + "'}", "can never log in"},
        Wrong{"basic_auth_users: {a: '" + kHash + "', a: '" + kHash + "'}",
              "basic_auth_users.a: stands here twice"},
        Wrong{"rate_limit: {interval: 1}", "rate_limit.interval: '1' is no duration"},
        Wrong{"rate_limit: {interval: 1s, burst: many}", "rate_limit.burst: 'many' is not a whole number"},
        Wrong{"rate_limit: {interval: 1s, burst: -1}", "rate_limit.burst: '-1' is out of bounds"},
        Wrong{"rate_limit: {interval: 1s, burst: 0}",
              "f:1:35: rate_limit.burst: lets no request through at all"},
        Wrong{"rate_limit: {interval: 1s}", "rate_limit.burst: lets no request through at all"},
        Wrong{"a: [", "is not valid YAML"}));

TEST(WebConfigFile, AllMistakesAreToldInTheOrderOfTheirLines) {
  EXPECT_THAT(mistakes("rate_limit: {interval: x}\nzoo: 1\nbasic_auth_users: {a: b}\n"),
              ElementsAre(HasSubstr("f:1:"), HasSubstr("f:2:"), HasSubstr("f:3:")));
}

TEST(WebConfigFile, NeitherHashNorKeyNorWhatStandsInTheirPlaceIsTold) {
  for (const char* yaml :
       {"basic_auth_users: {alice: hunter2}", "tls_server_config: {key: [hunter2], cert: c}",
        "basic_auth_users: {alice: [hunter2]}", "tls_server_config: {key: hunter2, key_file: f, cert: c}"}) {
    const auto told = mistakes(yaml);
    EXPECT_FALSE(told.empty()) << yaml;
    for (const std::string& line : told)
      EXPECT_THAT(line, testing::Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace sas::settings
