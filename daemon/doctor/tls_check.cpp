// SPDX-License-Identifier: Apache-2.0
// What is wrong with the endpoint's certificate, and what to do about each fault.
#include <fmt/format.h>

#include "doctor/connection_checks.hpp"
#include "doctor/phrases.hpp"
#include "http/url.hpp"

namespace sas::doctor {
namespace {

constexpr std::size_t kNamesShown = 5;
constexpr Milliseconds kSoon = std::chrono::days{7};

struct Diagnosis {
  std::string fault;
  std::string remedy;
};

// What the texts speak of.
struct Handshake {
  const http::TlsInspection& seen;
  const http::Certificate& certificate;
  std::string host;  // that was asked for
  std::string peer;
  Time now;
};

bool is_about_certificate(http::TlsFault fault) {
  return fault != http::TlsFault::no_tls && fault != http::TlsFault::no_handshake;
}

Diagnosis diagnose(http::TlsFault fault, const Handshake& handshake) {
  const http::Certificate& certificate = handshake.certificate;
  switch (fault) {
    case http::TlsFault::untrusted:
      return {
          fmt::format("it is signed by nobody whom this machine trusts ({})", certificate.issuer),
          fmt::format("If {} is a CA of yours, name its PEM file as the target's ca_file; if not, install "
                      "ca-certificates, and ask who reads your traffic.",
                      certificate.issuer)};
    case http::TlsFault::wrong_name:
      return {fmt::format("it is made out to {}, not to {}",
                          certificate.names.empty() ? "nobody" : first_of(certificate.names, kNamesShown),
                          handshake.host),
              fmt::format("Write an endpoint that the certificate names, or have one issued for {}.",
                          handshake.host)};
    case http::TlsFault::expired:
      return {
          fmt::format("it or one above it has expired: its own end is {}",
                      moment(certificate.not_after, handshake.now)),
          fmt::format("Have it renewed; where others find it valid, set this machine's clock, which says {}.",
                      format_seconds(handshake.now))};
    case http::TlsFault::not_yet_valid:
      return {fmt::format("it or one above it is not valid yet: its own beginning is {}",
                          moment(certificate.not_before, handshake.now)),
              fmt::format("Set this machine's clock, which says {}; if it is right, wait or have the "
                          "certificate replaced.",
                          format_seconds(handshake.now))};
    case http::TlsFault::unacceptable:
      return {handshake.seen.reason, "Have it replaced by one that TLS clients accept."};
    case http::TlsFault::no_tls:
      return {fmt::format("what listens at {} does not speak TLS", handshake.peer),
              "Check the port of the endpoint; one without TLS is written with http://."};
    case http::TlsFault::no_handshake:
      break;
  }
  return {fmt::format("no handshake with {}: {}", handshake.peer, handshake.seen.reason),
          "Check that TLS 1.2 or later is spoken there, and that nothing on the way ends TLS connections."};
}

boost::json::object facts_of(const http::TlsInspection& seen) {
  boost::json::object facts{{"version", seen.version}};
  if (!seen.certificate) return facts;
  facts["subject"] = seen.certificate->subject;
  facts["issuer"] = seen.certificate->issuer;
  facts["names"] = list_fact(seen.certificate->names);
  facts["not_before"] = time_fact(seen.certificate->not_before);
  facts["expires"] = time_fact(seen.certificate->not_after);
  return facts;
}

Check judge(const Handshake& handshake) {
  Check check{.step = Step::tls, .facts = facts_of(handshake.seen)};
  for (const http::TlsFault fault : handshake.seen.faults) {
    const Diagnosis diagnosis = diagnose(fault, handshake);
    check.status = Status::failed;
    check.finding += (check.finding.empty() ? "" : "; ") + diagnosis.fault;
    check.remedy += (check.remedy.empty() ? "" : " ") + diagnosis.remedy;
  }
  if (check.status == Status::failed) {
    if (is_about_certificate(handshake.seen.faults.front()))
      check.finding = "the certificate is not accepted: " + check.finding;
    return check;
  }
  check.finding =
      fmt::format("{}, certificate by {}, expires {}", handshake.seen.version, handshake.certificate.issuer,
                  moment(handshake.certificate.not_after, handshake.now));
  if (handshake.certificate.not_after - handshake.now < kSoon) {
    check.status = Status::warning;
    check.remedy = "Have the certificate renewed before it expires.";
  }
  return check;
}

}  // namespace

Check tls_check(const http::Probe& probe, const Target& target, Time now) {
  if (!probe.tls) return {.step = Step::tls, .finding = "not used: the endpoint is http://"};
  const Result<http::Url> url = http::parse_url(target.endpoint);
  return judge({.seen = *probe.tls,
                .certificate = probe.tls->certificate.value_or(http::Certificate{}),
                .host = url ? url->host : target.endpoint,
                .peer = url ? http::endpoint(*url) : target.endpoint,
                .now = now});
}

}  // namespace sas::doctor
