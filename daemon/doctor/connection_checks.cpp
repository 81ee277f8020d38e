// SPDX-License-Identifier: Apache-2.0
#include "doctor/connection_checks.hpp"

#include <utility>

#include <fmt/format.h>

#include "cloud/clock_skew.hpp"
#include "doctor/phrases.hpp"
#include "http/date.hpp"
#include "http/url.hpp"
#include "settings/credential_rules.hpp"

namespace sas::doctor {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kAddressesShown = 4;
constexpr Milliseconds kNoticed = seconds{30};
constexpr Milliseconds kRefused = minutes{15};  // calls whose date is further off

bool is_plain(const Target& target) {
  return target.endpoint.starts_with("http://");
}

Check unusable(const Error& error) {
  const bool is_authority = error.cause == ErrorCause::tls;
  return {.step = Step::settings,
          .status = Status::failed,
          .finding = error.message,
          .remedy = is_authority
                        ? "Let ca_file name a PEM file with the certificate of the CA that signs for the "
                          "endpoint, readable for the user that the exporter runs as."
                        : "Set HTTPS_PROXY to http://[user:password@]host:port, or unset it."};
}

std::string endpoint_of(const Target& target) {
  const Result<http::Url> url = http::parse_url(target.endpoint);
  return url ? http::endpoint(*url) : target.endpoint;
}

}  // namespace

Check settings_check(const settings::WatchedTarget& settings, const Result<http::Probe>& probe) {
  if (!probe) return unusable(probe.error());
  const Target& target = settings.target;
  const std::string_view type =
      settings::kCredentialTypes[static_cast<std::size_t>(settings.credentials.type)];
  Check check{.step = Step::settings,
              .finding = fmt::format("endpoint {}, credentials {}", target.endpoint, type),
              .facts = {{"endpoint", target.endpoint},
                        {"ca_file", target.ca_file},
                        {"credentials", type},
                        {"task_types", list_fact(target.task_types)},
                        {"task_sources", list_fact(target.task_sources)}}};
  if (is_plain(target)) {
    check.status = Status::warning;
    check.finding += ": everything goes over the network in the clear";
    check.remedy = "Write https:// unless the endpoint is a stand-in on this machine.";
  }
  return check;
}

Check dns_check(const http::Probe& probe) {
  const std::string_view whose = probe.through_proxy ? "the proxy " : "";
  if (!probe.addresses) {
    return {
        .step = Step::dns,
        .status = Status::failed,
        .finding = fmt::format("{}{} is not found: {}", whose, probe.peer, probe.addresses.error().message),
        .remedy = probe.through_proxy
                      ? "Check the host in HTTPS_PROXY, and that this machine's resolver answers for it."
                      : "Check site, network and endpoint of the target for a mistake, and that this "
                        "machine's resolver (/etc/resolv.conf) answers for the name.",
        .facts = {{"peer", probe.peer}, {"through_proxy", probe.through_proxy}}};
  }
  return {
      .step = Step::dns,
      .finding = fmt::format("{}{} is at {}", whose, probe.peer, first_of(*probe.addresses, kAddressesShown)),
      .facts = {{"peer", probe.peer},
                {"through_proxy", probe.through_proxy},
                {"addresses", list_fact(*probe.addresses)}}};
}

Check tcp_check(const http::Probe& probe, const Target& target) {
  const std::string destination = endpoint_of(target);
  Check check{.step = Step::tcp, .facts = {{"peer", probe.peer}, {"through_proxy", probe.through_proxy}}};
  if (!*probe.connected) {
    check.status = Status::failed;
    check.finding = fmt::format("no connection to {}: {}", probe.peer, probe.connected->error().message);
    check.remedy = fmt::format(
        "Check the port, and that firewalls and security groups let this machine connect to {}{}", probe.peer,
        probe.through_proxy ? ", which HTTPS_PROXY names."
                            : "; where the way out is a proxy, set HTTPS_PROXY.");
    return check;
  }
  check.facts["address"] = **probe.connected;
  check.finding = fmt::format("connected to {} at {}", probe.peer, **probe.connected);
  if (!probe.tunnel) return check;
  if (*probe.tunnel) {
    check.finding = fmt::format("the proxy {} opens a tunnel to {}", probe.peer, destination);
    return check;
  }
  check.status = Status::failed;
  check.finding = fmt::format("the proxy {} opens no tunnel to {}: {}", probe.peer, destination,
                              probe.tunnel->error().message);
  check.remedy = fmt::format(
      "Have the proxy allow CONNECT to {}, give its user and password in HTTPS_PROXY, or except the host by "
      "NO_PROXY.",
      destination);
  return check;
}

Check clock_check(const DatedAnswer& answer) {
  if (!answer.response) {
    return {.step = Step::clock,
            .status = Status::failed,
            .finding = fmt::format("no answer to ask for the time: {}", told(answer.response.error())),
            .remedy = "Check that it is the service that listens there; if it is, try again."};
  }
  const std::optional<Time> date = http::parse_date(answer.response->header("date"));
  if (!date) {
    return {.step = Step::clock,
            .status = Status::warning,
            .finding = "the answer has no Date, so the two clocks cannot be compared",
            .remedy = "Check that it is the service that listens there."};
  }
  const Milliseconds skew = cloud::clock_skew(*date, answer.sent, answer.received);
  const Milliseconds off = std::chrono::abs(skew);
  boost::json::object facts{{"skew_seconds", std::chrono::duration_cast<seconds>(skew).count()}};
  if (off <= kNoticed) {
    return {
        .step = Step::clock,
        .finding = fmt::format("this machine's clock is within {} of the service's", rough(off + seconds{1})),
        .facts = std::move(facts)};
  }
  return {.step = Step::clock,
          .status = off > kRefused ? Status::failed : Status::warning,
          .finding = fmt::format("this machine's clock is {} {} the service's", rough(off),
                                 skew > Milliseconds{0} ? "behind" : "ahead of"),
          .remedy =
              "Set this machine's clock, by chrony or timedatectl set-ntp true. The service refuses calls "
              "whose date is off by more than 15m; the exporter puts the dates of its own right once it has "
              "seen an answer, but not the times that it tells and compares.",
          .facts = std::move(facts)};
}

}  // namespace sas::doctor
