// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "doctor/connection_checks.hpp"

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;
using http::TlsFault;
using std::chrono::days;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr Time kNow{Milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z

Target target(const std::string& endpoint) {
  return {.name = "a", .endpoint = endpoint, .ca_file = {}, .task_types = {}, .task_sources = {}};
}

Check judged(std::vector<TlsFault> faults, Milliseconds left = days{80}) {
  http::Probe probe;
  probe.peer = "tds.example:443";
  http::TlsInspection inspection{.faults = std::move(faults),
                                 .reason = "in OpenSSL's words",
                                 .version = "TLSv1.3",
                                 .certificate = http::Certificate{.subject = "CN=tds",
                                                                  .issuer = "CN=Some CA",
                                                                  .names = {"*.other.example"},
                                                                  .not_before = kNow - days{10},
                                                                  .not_after = kNow + left}};
  probe.tls = std::move(inspection);
  return tls_check(probe, target("https://tds.example"), kNow);
}

TEST(TlsCheck, CertificateThatIsAcceptedIsTold) {
  const Check check = judged({});
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "TLSv1.3, certificate by CN=Some CA, expires 2026-03-23T03:04:05Z (in 80d)");
  EXPECT_EQ(check.remedy, "");
  EXPECT_EQ(check.facts.at("issuer"), "CN=Some CA");
  EXPECT_EQ(check.facts.at("expires"), "2026-03-23T03:04:05Z");
}

TEST(TlsCheck, CertificateThatExpiresSoonIsAWarning) {
  EXPECT_EQ(judged({}, days{7}).status, Status::ok);
  const Check check = judged({}, days{7} - 1s);
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_THAT(check.remedy, HasSubstr("renewed"));
}

TEST(TlsCheck, EachFaultHasItsOwnRemedy) {
  struct Case {
    TlsFault fault;
    const char* finding;
    const char* remedy;
  };
  for (const Case& each :
       {Case{TlsFault::untrusted, "trusts (CN=Some CA)", "ca_file"},
        Case{TlsFault::wrong_name, "made out to *.other.example, not to tds.example",
             "issued for tds.example"},
        Case{TlsFault::expired, "expired", "renewed"},
        Case{TlsFault::not_yet_valid, "not valid yet: its own beginning is 2025-12-23T03:04:05Z", "clock"},
        Case{TlsFault::unacceptable, "in OpenSSL's words", "replaced"}}) {
    const Check check = judged({each.fault});
    EXPECT_EQ(check.status, Status::failed) << each.finding;
    EXPECT_THAT(check.finding,
                AllOf(StartsWith("the certificate is not accepted: "), HasSubstr(each.finding)));
    EXPECT_THAT(check.remedy, HasSubstr(each.remedy));
  }
}

TEST(TlsCheck, SeveralFaultsAreToldTogether) {
  const Check check = judged({TlsFault::untrusted, TlsFault::expired}, -days{3});
  EXPECT_THAT(check.finding,
              AllOf(HasSubstr("trusts"), HasSubstr("its own end is 2025-12-30T03:04:05Z (3d ago)")));
  EXPECT_THAT(check.remedy, AllOf(HasSubstr("ca_file"), HasSubstr("2026-01-02T03:04:05Z")));
}

TEST(TlsCheck, OtherProtocolsAndSilenceAreNoFaultOfACertificate) {
  EXPECT_EQ(judged({TlsFault::no_tls}).finding, "what listens at tds.example:443 does not speak TLS");
  EXPECT_THAT(judged({TlsFault::no_tls}).remedy, HasSubstr("http://"));
  EXPECT_EQ(judged({TlsFault::no_handshake}).finding,
            "no handshake with tds.example:443: in OpenSSL's words");
  EXPECT_THAT(judged({TlsFault::no_handshake}).remedy, HasSubstr("TLS 1.2"));
}

TEST(TlsCheck, PlainHttpHasNoneToCheck) {
  const http::Probe probe;
  const Check check = tls_check(probe, target("http://127.0.0.1"), kNow);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_THAT(check.finding, HasSubstr("http://"));
}

}  // namespace
}  // namespace sas::doctor
