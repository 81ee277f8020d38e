// SPDX-License-Identifier: Apache-2.0
#pragma once
// A client of the service in-process: signs what it asks, the way that the vectors hold the check to.

#include <string>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "base/time.hpp"
#include "simulator/service/digest.hpp"
#include "simulator/service/service.hpp"
#include "simulator/tests/worlds.hpp"

namespace sas::simulator {

struct Caller {
  explicit Caller(const std::string& scenario, std::uint64_t seed = 1)
      : service(parse_scenario(scenario, "test").value(), seed, kStart,
                {AccessKey{.id = "key", .secret = Secret("secret"), .security_token = {}}}) {}

  Answer list(const std::string& query, std::int64_t seconds) {
    return ask("ListOperationProcess", query, seconds);
  }

  boost::json::array rows(const std::string& query, std::int64_t seconds) {
    real += Milliseconds{1'000};  // never throttled
    return boost::json::parse(list(query, seconds).body).at("Processes").as_array();
  }

  /// At `seconds` of simulated time after the start; real time is `real`.
  Answer ask(const std::string& action, const std::string& query, std::int64_t seconds) {
    const Now now{.real = kStart + real, .simulated = after(seconds)};
    Request request;
    request.method = "POST";
    request.target = query.empty() ? "/" : "/?" + query;
    request.headers = {{"Host", "sas.test"},
                       {"x-acs-action", action},
                       {"x-acs-content-sha256", sha256_hex("")},
                       {"x-acs-date", format_seconds(now.real)},
                       {"x-acs-signature-nonce", fmt::format("nonce-{}", ++nonce_)},
                       {"x-acs-version", version}};
    const std::vector<std::string> names{"host",       "x-acs-action",          "x-acs-content-sha256",
                                         "x-acs-date", "x-acs-signature-nonce", "x-acs-version"};
    const std::string to_sign = "ACS3-HMAC-SHA256\n" + sha256_hex(canonical_request(request, names));
    request.headers.push_back(
        {"Authorization", fmt::format("ACS3-HMAC-SHA256 Credential=key,SignedHeaders={},Signature={}",
                                      "host;x-acs-action;x-acs-content-sha256;x-acs-date;"
                                      "x-acs-signature-nonce;x-acs-version",
                                      hmac_sha256_hex(secret, to_sign))});
    exchange = {};
    return service.handle(request, now, exchange);
  }

  Service service;
  std::string version = "2018-12-03";
  std::string secret = "secret";
  Milliseconds real{0};
  Exchange exchange;

 private:
  int nonce_ = 0;
};

}  // namespace sas::simulator
