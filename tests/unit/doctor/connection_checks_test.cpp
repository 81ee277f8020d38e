// SPDX-License-Identifier: Apache-2.0
#include "doctor/connection_checks.hpp"

#include <gmock/gmock.h>

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr Time kNow{Milliseconds{1'767'323'045'000}};  // 2026-01-02T03:04:05Z

Error failure(ErrorCause cause, std::string message) {
  return {.kind = ErrorKind::retry, .cause = cause, .message = std::move(message)};
}

settings::WatchedTarget target(const std::string& endpoint = "https://tds.example:8443") {
  settings::WatchedTarget watched;
  watched.target.name = "production";
  watched.target.endpoint = endpoint;
  return watched;
}

http::Probe way() {
  http::Probe probe;
  probe.peer = "tds.example:8443";
  probe.addresses = std::vector<std::string>{"192.0.2.1"};
  probe.connected = std::string("192.0.2.1");
  return probe;
}

http::Probe way_through_proxy() {
  http::Probe probe = way();
  probe.peer = "proxy:3128";
  probe.through_proxy = true;
  probe.tunnel = true;
  return probe;
}

TEST(SettingsCheck, TellsWhatIsWatchedWithWhat) {
  const Check check = settings_check(target(), way());
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "endpoint https://tds.example:8443, credentials default");
  EXPECT_EQ(check.facts.at("credentials"), "default");
}

TEST(SettingsCheck, PlainHttpIsAWarning) {
  const Check check = settings_check(target("http://127.0.0.1:1"), way());
  EXPECT_EQ(check.status, Status::warning);
  EXPECT_THAT(check.finding, HasSubstr("in the clear"));
  EXPECT_THAT(check.remedy, HasSubstr("https://"));
}

TEST(SettingsCheck, AuthoritiesThatCannotBeReadAndProxiesThatAreNoneHaveRemediesOfTheirOwn) {
  const Check ca_file = settings_check(target(), failure(ErrorCause::tls, "cannot load x.pem"));
  EXPECT_EQ(ca_file.status, Status::failed);
  EXPECT_EQ(ca_file.finding, "cannot load x.pem");
  EXPECT_THAT(ca_file.remedy, HasSubstr("ca_file"));
  const Check proxy = settings_check(target(), failure(ErrorCause::configuration, "HTTPS_PROXY is not"));
  EXPECT_EQ(proxy.status, Status::failed);
  EXPECT_THAT(proxy.remedy, HasSubstr("HTTPS_PROXY"));
}

TEST(DnsCheck, TellsTheAddresses) {
  http::Probe probe = way();
  probe.addresses = std::vector<std::string>{"192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"};
  const Check check = dns_check(probe);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "tds.example:8443 is at 192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4 and 1 more");
  EXPECT_EQ(check.facts.at("addresses").as_array().size(), 5U);
}

TEST(DnsCheck, NameThatIsNotFoundFailsWhoeverItIs) {
  http::Probe probe = way();
  probe.addresses = failure(ErrorCause::transport, "Host not found");
  const Check check = dns_check(probe);
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_EQ(check.finding, "tds.example:8443 is not found: Host not found");
  EXPECT_THAT(check.remedy, AllOf(HasSubstr("endpoint"), HasSubstr("resolv.conf")));
  probe.peer = "proxy:3128";
  probe.through_proxy = true;
  EXPECT_EQ(dns_check(probe).finding, "the proxy proxy:3128 is not found: Host not found");
  EXPECT_THAT(dns_check(probe).remedy, HasSubstr("HTTPS_PROXY"));
}

TEST(TcpCheck, TellsWhomItIsConnectedTo) {
  const Check check = tcp_check(way(), target().target);
  EXPECT_EQ(check.status, Status::ok);
  EXPECT_EQ(check.finding, "connected to tds.example:8443 at 192.0.2.1");
  const Check tunnel = tcp_check(way_through_proxy(), target().target);
  EXPECT_EQ(tunnel.status, Status::ok);
  EXPECT_EQ(tunnel.finding, "the proxy proxy:3128 opens a tunnel to tds.example:8443");
}

TEST(TcpCheck, ConnectionThatIsRefusedFails) {
  http::Probe probe = way();
  probe.connected = failure(ErrorCause::transport, "Connection refused");
  const Check check = tcp_check(probe, target().target);
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_EQ(check.finding, "no connection to tds.example:8443: Connection refused");
  EXPECT_THAT(check.remedy, AllOf(HasSubstr("tds.example:8443"), HasSubstr("set HTTPS_PROXY")));
}

TEST(TcpCheck, ProxyThatRefusesOrIsNotReachedFails) {
  http::Probe probe = way_through_proxy();
  probe.tunnel = failure(ErrorCause::transport, "it answered with HTTP status 407");
  const Check refused = tcp_check(probe, target().target);
  EXPECT_EQ(refused.status, Status::failed);
  EXPECT_EQ(refused.finding,
            "the proxy proxy:3128 opens no tunnel to tds.example:8443: it answered with HTTP status 407");
  EXPECT_THAT(refused.remedy, AllOf(HasSubstr("CONNECT"), HasSubstr("NO_PROXY")));
  probe.tunnel.reset();
  probe.connected = failure(ErrorCause::transport, "Connection refused");
  EXPECT_THAT(tcp_check(probe, target().target).remedy, HasSubstr("which HTTPS_PROXY names"));
}

DatedAnswer answered(const std::string& date) {
  http::Response response{.status = 404, .headers = {}, .body = {}};
  if (!date.empty()) response.headers.push_back({.name = "Date", .value = date});
  return {.response = std::move(response), .sent = kNow, .received = kNow};
}

TEST(ClockCheck, SmallSkewIsFineLargerOneAWarningAndOneThatIsRefusedAFailure) {
  struct Case {
    const char* date;
    Status status;
    int skew;
  };
  for (const Case& each : {Case{"Fri, 02 Jan 2026 03:04:05 GMT", Status::ok, 0},
                           Case{"Fri, 02 Jan 2026 03:04:35 GMT", Status::ok, 30},
                           Case{"Fri, 02 Jan 2026 03:04:36 GMT", Status::warning, 31},
                           Case{"Fri, 02 Jan 2026 03:19:05 GMT", Status::warning, 900},
                           Case{"Fri, 02 Jan 2026 03:19:06 GMT", Status::failed, 901},
                           Case{"Fri, 02 Jan 2026 02:44:05 GMT", Status::failed, -1199}}) {
    const Check check = clock_check(answered(each.date));
    EXPECT_EQ(check.status, each.status) << each.date;
    EXPECT_EQ(check.facts.at("skew_seconds"), each.skew) << each.date;
    EXPECT_EQ(check.remedy.empty(), each.status == Status::ok) << each.date;
  }
}

TEST(ClockCheck, TellsWhichClockIsBehind) {
  EXPECT_EQ(clock_check(answered("Fri, 02 Jan 2026 03:24:05 GMT")).finding,
            "this machine's clock is 20m behind the service's");
  EXPECT_EQ(clock_check(answered("Fri, 02 Jan 2026 02:43:05 GMT")).finding,
            "this machine's clock is 20m ahead of the service's");
  EXPECT_THAT(clock_check(answered("Fri, 02 Jan 2026 03:24:05 GMT")).remedy, HasSubstr("timedatectl"));
}

TEST(ClockCheck, AnswerWithoutADateTellsNothingAndNoAnswerIsAFailure) {
  EXPECT_EQ(clock_check(answered("")).status, Status::warning);
  EXPECT_EQ(clock_check(answered("yesterday")).status, Status::warning);
  const Check check = clock_check(
      {.response = failure(ErrorCause::timeout, "waiting took longer"), .sent = kNow, .received = kNow});
  EXPECT_EQ(check.status, Status::failed);
  EXPECT_THAT(check.finding, HasSubstr("waiting took longer"));
}

}  // namespace
}  // namespace sas::doctor
