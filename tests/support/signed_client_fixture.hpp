// SPDX-License-Identifier: Apache-2.0
#pragma once
// A signed client between a script of answers and a fixed or a changing key, on virtual time.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cloud/signed_client.hpp"
#include "credentials/static_key.hpp"
#include "support/captured_log.hpp"
#include "support/fake_http_client.hpp"
#include "support/virtual_time.hpp"

namespace sas::cloud {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kAction = "ListOperationProcess";

inline http::Response ok(std::string body, std::vector<http::Header> headers = {}) {
  return {.status = 200, .headers = std::move(headers), .body = std::move(body)};
}

inline http::Response refusal(unsigned status, std::string_view code,
                              std::vector<http::Header> headers = {}) {
  return {.status = status,
          .headers = std::move(headers),
          .body = fmt::format(R"({{"Code":"{}","Message":"no","RequestId":"R-{}"}})", code, code)};
}

inline Error no_connection() {
  return {.kind = ErrorKind::retry, .cause = ErrorCause::transport, .message = "connecting to h: refused"};
}

inline Target target(std::string name, std::string endpoint, std::string ca_file) {
  Target target;
  target.name = std::move(name);
  target.endpoint = std::move(endpoint);
  target.ca_file = std::move(ca_file);
  return target;
}

class SignedClientFixture : public support::VirtualTime {
 public:
  std::unique_ptr<SignedClient> make(const std::string& endpoint = "https://tds.example.com",
                                     AccessKey key = {.id = "LTAI1", .secret = Secret("s3cret")}) {
    return make(endpoint, std::make_shared<credentials::StaticKey>(std::move(key)));
  }
  std::unique_ptr<SignedClient> make(const std::string& endpoint,
                                     std::shared_ptr<credentials::Provider> provider) {
    CallSettings settings{.target = target("production", endpoint, "/ca.pem"),
                          .request_timeout = milliseconds{1'234},
                          .retry = {.max_retries = 3, .longest_wait = seconds{30}, .backoff = {}}};
    return std::make_unique<SignedClient>(settings, std::move(provider),
                                          Surroundings{.http = http,
                                                       .budgets = budgets,
                                                       .metrics = metrics,
                                                       .key = key_health,
                                                       .log = log.log(),
                                                       .random = [] { return 0.5; }});
  }

  Result<void> call(SignedClient& client) { return await(client.call(kAction, query, read)); }

  // A counter or gauge of the registry; -1 where there is none.
  double metric(const std::string& name, const std::map<std::string, std::string>& labels = {}) {
    for (const auto& family : registry.collect()) {
      if (family.name != "sas_operation_" + name) continue;
      for (const auto& sample : family.metric) {
        std::map<std::string, std::string> wanted = labels;
        for (const auto& label : sample.label)
          if (const auto it = wanted.find(label.name); it != wanted.end() && it->second == label.value)
            wanted.erase(it);
        if (wanted.empty()) return sample.counter.value + sample.gauge.value;
      }
    }
    return -1;
  }

  support::FakeHttpClient http;
  CallBudgets budgets{1'000};
  telemetry::Registry registry;
  telemetry::TargetMetrics metrics{registry, "production"};
  policy::KeyHealth key_health;
  support::CapturedLog log{runtime::Level::debug};
  api::Query query{{.name = "PageSize", .value = "100"}, {.name = "TaskIds.1", .value = "a b\n"}};
  std::vector<std::string> bodies;
  SignedClient::Reader read = [this](std::string_view body) -> Result<void> {
    bodies.emplace_back(body);
    return {};
  };
};

}  // namespace sas::cloud
