// SPDX-License-Identifier: Apache-2.0
#pragma once
// One target's calls to the OpenAPI: each attempt waits for its turn in the account's budget, is signed anew,
// and what fails is classified and tried again as the policy says. A service that keeps failing is left alone
// for a while.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "api/list_operation_process.hpp"
#include "base/result.hpp"
#include "base/target.hpp"
#include "cloud/call_budgets.hpp"
#include "credentials/provider.hpp"
#include "http/client.hpp"
#include "policy/circuit.hpp"
#include "policy/key_health.hpp"
#include "policy/retry.hpp"
#include "runtime/logging.hpp"
#include "signing/acs3_signer.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::cloud {

namespace asio = boost::asio;

/// What a call needs of the daemon. All of it outlives the client.
struct Surroundings {
  http::Client& http;
  CallBudgets& budgets;
  telemetry::TargetMetrics& metrics;
  policy::KeyHealth& key;  // learns of each key that signs
  runtime::Log& log;
  std::function<double()> random;  // numbers in [0, 1), for the jitter of retries
};

struct CallSettings {
  Target target;
  Milliseconds request_timeout{10'000};  // for each attempt
  policy::RetryPolicy retry = {};
};

class SignedClient {
 public:
  /// Makes of a body what it is for. An error counts as the attempt's: where its kind says so, the call is
  /// made again.
  using Reader = std::function<Result<void>(std::string_view body)>;

  SignedClient(CallSettings settings, std::shared_ptr<credentials::Provider> credentials,
               Surroundings surroundings);

  /// Calls `action` until `read` has taken an answer with status 200, or there is nothing to hope for. Errors
  /// carry the RequestId where there was an answer; cause `suspended`: nothing was asked. The arguments must
  /// live until it is done.
  asio::awaitable<Result<void>> call(std::string_view action, const api::Query& query, const Reader& read);

 private:
  struct Attempt {
    signing::Call call;
    int number = 1;
  };

  asio::awaitable<Result<void>> attempt(const Attempt& attempt, const Reader& read);
  asio::awaitable<Error> refuse(const AccessKey& key, Error error);
  asio::awaitable<Result<http::Response>> send(const Attempt& attempt, const AccessKey& key);
  asio::awaitable<Result<void>> insist(Attempt next, const Reader& read);
  [[nodiscard]] Error suspended() const;
  void note_key(const AccessKey& key);
  void judge_service(const Result<void>& outcome);
  void learn_skew(const http::Response& response, Time sent);
  void report(const Attempt& attempt, const Result<void>& outcome, Milliseconds took);
  void pause(std::string_view action, const Error& error, Milliseconds wait);

  CallSettings settings_;
  std::string origin_;  // `https://host[:port]`
  std::string host_;    // as the Host header has it, since it is signed
  std::shared_ptr<credentials::Provider> credentials_;
  Surroundings surroundings_;
  std::string key_id_;    // that signed last
  Milliseconds skew_{0};  // the service's clock less ours
  policy::Circuit circuit_;
  std::string last_outage_;  // the error that opened it or kept it open
  std::map<std::string, std::shared_ptr<policy::CallBudget>, std::less<>>
      budgets_;  // by action: those used last
};

}  // namespace sas::cloud
