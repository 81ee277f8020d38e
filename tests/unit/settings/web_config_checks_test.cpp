// SPDX-License-Identifier: Apache-2.0
#include "settings/web_config_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas::settings {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

std::string problem(const std::optional<Problem>& found) {
  return found ? found->text : "fine";
}

template <class Value>
std::string problem(const std::variant<Value, Problem>& found) {
  const auto* wrong = std::get_if<Problem>(&found);
  return wrong == nullptr ? "fine" : wrong->text;
}

const std::string kRest = "mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze";

TEST(WebConfigChecks, AHashOfBcryptIsTakenAndNothingElse) {
  for (const char* start : {"$2y$10$", "$2a$04$", "$2b$18$"})
    EXPECT_EQ(problem(check_bcrypt_hash(start + kRest)), "fine") << start;
  for (const std::string& wrong :
       {std::string(), std::string("hunter2"), "$1$10$" + kRest, "$2x$10$" + kRest, "$2$10$" + kRest,
        "$2y$3x$" + kRest, "$2y$03$" + kRest, "$2y$32$" + kRest, "$2y$10$" + kRest + "a",
        "$2y$10$" + kRest.substr(1), "$2y$10$!" + kRest.substr(1), "$2y$10$" + kRest.substr(1) + " "}) {
    EXPECT_THAT(problem(check_bcrypt_hash(wrong)), HasSubstr("htpasswd")) << wrong;
  }
  EXPECT_THAT(problem(check_bcrypt_hash("$2y$19$" + kRest)), HasSubstr("18 at most"));
}

TEST(WebConfigChecks, FiveHeadersCanBeSet) {
  for (const char* name : {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options",
                           "X-XSS-Protection", "Strict-Transport-Security"})
    EXPECT_EQ(problem(check_header_name(name)), "fine") << name;
  EXPECT_THAT(problem(check_header_name("x-frame-options")), HasSubstr("did you mean X-Frame-Options?"));
  EXPECT_THAT(problem(check_header_name("Server")), HasSubstr("Strict-Transport-Security"));
}

TEST(WebConfigChecks, TwoHeadersHaveAFewValuesAndNoneBreaksTheLine) {
  EXPECT_EQ(problem(check_header_value("X-Frame-Options", "deny")), "fine");
  EXPECT_EQ(problem(check_header_value("X-Frame-Options", "sameorigin")), "fine");
  EXPECT_EQ(problem(check_header_value("X-Frame-Options", "DENY")), "is none of deny, sameorigin");
  EXPECT_EQ(problem(check_header_value("X-Content-Type-Options", "nosniff")), "fine");
  EXPECT_THAT(problem(check_header_value("X-Content-Type-Options", "sniff")), HasSubstr("nosniff"));
  EXPECT_EQ(problem(check_header_value("Content-Security-Policy", "default-src 'self'")), "fine");
  for (const char* name : {"Content-Security-Policy", "X-Frame-Options"}) {
    EXPECT_EQ(problem(check_header_value(name, "")), "fine") << "unset";
    EXPECT_THAT(problem(check_header_value(name, "deny\r\nSet-Cookie: a=b")), HasSubstr("line end")) << name;
  }
}

TEST(WebConfigChecks, CiphersAndCurvesHaveTheNamesOfGo) {
  EXPECT_EQ(std::get<0>(cipher_named("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")),
            "ECDHE-RSA-AES128-GCM-SHA256");
  EXPECT_EQ(std::get<0>(cipher_named("TLS_AES_128_GCM_SHA256")), "") << "of TLS 1.3";
  for (const char* wrong : {"", "ECDHE-RSA-AES128-GCM-SHA256", "TLS_RSA_WITH_RC4_128_SHA"})
    EXPECT_THAT(problem(cipher_named(wrong)), HasSubstr("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"))
        << wrong;
  EXPECT_EQ(std::get<0>(curve_named("CurveP256")), "P-256");
  EXPECT_EQ(std::get<0>(curve_named("X25519")), "X25519");
  EXPECT_EQ(problem(curve_named("P-256")), "is none of CurveP256, CurveP384, CurveP521, X25519");
}

TEST(WebConfigChecks, DurationsAreThoseOfGo) {
  struct {
    const char* text;
    std::chrono::nanoseconds duration;
  } const kDurations[] = {{"0", 0s},        {"0s", 0s},         {"1s", 1s},     {"1m30s", 90s},
                          {"1.5s", 1500ms}, {"500ms", 500ms},   {"10us", 10us}, {"7ns", 7ns},
                          {"24h", 24h},     {"2\xC2\xB5s", 2us}};
  for (const auto& each : kDurations) {
    const auto read = read_go_duration(each.text);
    ASSERT_EQ(problem(read), "fine") << each.text;
    EXPECT_EQ(std::get<0>(read), each.duration) << each.text;
  }
  for (const char* wrong : {"", "1", "s", "-1s", "1d", "1s ", "1.2.3s", "1s1", "soon", "1e3s", "inf", "1 s"})
    EXPECT_THAT(problem(read_go_duration(wrong)), HasSubstr("no duration")) << wrong;
  EXPECT_THAT(problem(read_go_duration("24h1s")), HasSubstr("longer than a day"));
}

}  // namespace
}  // namespace sas::settings
