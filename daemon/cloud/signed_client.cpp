// SPDX-License-Identifier: Apache-2.0
#include "cloud/signed_client.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/api_error.hpp"
#include "api/query.hpp"
#include "cloud/clock_skew.hpp"
#include "cloud/turn.hpp"
#include "credentials/scrub.hpp"
#include "http/date.hpp"
#include "http/url.hpp"
#include "runtime/nonce.hpp"
#include "runtime/timer.hpp"

namespace sas::cloud {
namespace {

constexpr unsigned kOk = 200;

std::vector<signing::NameValue> to_sign(const api::Query& query) {
  std::vector<signing::NameValue> parameters;
  parameters.reserve(query.size());
  for (const api::QueryParameter& parameter : query)
    parameters.emplace_back(parameter.name, parameter.value);
  return parameters;
}

// No error repeats the key's token, whoever answers.
Result<void> judge(const http::Response& response, const AccessKey& key, const SignedClient::Reader& read) {
  const std::string_view request_id = response.header("x-acs-request-id");
  if (response.status != kOk) {
    const std::string body = credentials::scrub(response.body, key.security_token);
    const api::FailedAnswer answer{
        .http_status = response.status,
        .body = body,
        .content_type = response.header("content-type"),
        .request_id_header = request_id,
        .retry_after = api::read_retry_after(response.header("x-acs-retry-after"))};
    return api::classify(answer);
  }
  Result<void> outcome = read(response.body);
  if (outcome) return outcome;
  Error error = outcome.error();
  error.message = credentials::scrub(std::move(error.message), key.security_token);
  error.http_status = response.status;
  if (error.request_id.empty()) error.request_id = request_id;
  if (!error.retry_after) error.retry_after = api::read_retry_after(response.header("x-acs-retry-after"));
  return error;
}

// Whatever becomes of a call, it is no trial any more when it has ended.
class Admission {
 public:
  explicit Admission(policy::Circuit& circuit) : circuit_(circuit) {}
  ~Admission() { circuit_.abandoned(); }
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

 private:
  policy::Circuit& circuit_;
};

// The label `code`. By value: so is result::error().
std::string code_of(const Result<void>& outcome) {
  if (outcome) return "OK";
  Error error = outcome.error();
  return error.code.empty() ? std::string(to_string(error.cause)) : std::move(error.code);
}

}  // namespace

SignedClient::SignedClient(CallSettings settings, std::shared_ptr<credentials::Provider> credentials,
                           Surroundings surroundings)
    : settings_(std::move(settings)),
      credentials_(std::move(credentials)),
      surroundings_(std::move(surroundings)) {
  const Result<http::Url> url = http::parse_url(settings_.target.endpoint);
  if (!url || url->target != "/")
    throw std::invalid_argument(fmt::format("target {}: its endpoint is no origin", settings_.target.name));
  host_ = http::host_header(*url);
  origin_ = (url->tls ? "https://" : "http://") + host_;
}

asio::awaitable<Result<void>> SignedClient::call(std::string_view action, const api::Query& query,
                                                 const Reader& read) {
  if (!circuit_.admits(runtime::Clock::now())) co_return suspended();
  const Admission admission(circuit_);
  Attempt first{.call = {.method = "POST",
                         .host = host_,
                         .path = "/",
                         .action = std::string(action),
                         .version = std::string(api::kVersion),
                         .query = to_sign(query),
                         .body = {},
                         .content_type = {},
                         .extra = {}}};
  co_return co_await insist(std::move(first), read);
}

asio::awaitable<Result<void>> SignedClient::insist(Attempt next, const Reader& read) {
  std::vector<ErrorCause> failures;
  while (true) {
    Result<void> outcome = co_await attempt(next, read);
    if (outcome) co_return outcome;
    const Error& error = outcome.error();
    const auto decision = policy::retry(settings_.retry, failures, error, surroundings_.random());
    if (error.kind == ErrorKind::wait) pause(next.call.action, error, decision.wait);
    if (decision.kind == policy::RetryDecision::Kind::give_up || circuit_.is_open()) co_return outcome;
    failures.push_back(error.cause);
    ++next.number;
    next.call.extra = {{"x-acs-retry-attempts", fmt::to_string(failures.size())},
                       {"x-acs-retry-delay", fmt::to_string(decision.wait.count())}};
    // The backoff, or the pause that the service asks for; a timer of the loop, cancelled with the poller.
    co_await runtime::sleep_for(decision.wait);
  }
}

asio::awaitable<Result<void>> SignedClient::attempt(const Attempt& attempt, const Reader& read) {
  const Result<AccessKey> key = co_await credentials_->get();
  if (!key) co_return key.error();
  note_key(*key);
  const auto budget = surroundings_.budgets.of(key->id, attempt.call.action);
  budgets_[attempt.call.action] = budget;
  const Instant queued = runtime::Clock::now();
  Result<Departure> turn = co_await take_turn(*budget, settings_.retry.longest_wait);
  const Instant started = runtime::Clock::now();
  surroundings_.metrics.waited_for_budget(attempt.call.action,
                                          std::chrono::floor<Milliseconds>(started - queued));
  if (!turn) co_return turn.error();

  const Time sent = runtime::wall_now();
  const Result<http::Response> response = co_await send(attempt, *key);
  Result<void> outcome;
  if (response) {
    learn_skew(*response, sent);
    outcome = judge(*response, *key, read);
  } else {
    outcome = response.error();
  }
  report(attempt, outcome, std::chrono::floor<Milliseconds>(runtime::Clock::now() - started));
  judge_service(outcome);
  if (!outcome && credentials::blames_key(outcome.error())) co_return co_await refuse(*key, outcome.error());
  co_return outcome;
}

// A key that was not taken may have been replaced meanwhile: then the call is worth another attempt.
asio::awaitable<Error> SignedClient::refuse(const AccessKey& key, Error error) {
  credentials_->refused(key);
  const Result<AccessKey> next = co_await credentials_->get();
  if (next && *next != key) error.kind = ErrorKind::retry;
  co_return error;
}

asio::awaitable<Result<http::Response>> SignedClient::send(const Attempt& attempt, const AccessKey& key) {
  signing::SignedCall ready =
      signing::sign(attempt.call, key, runtime::wall_now() + skew_, runtime::fresh_nonce());
  http::Request request{.method = attempt.call.method,
                        .url = origin_ + ready.target,
                        .headers = {{.name = "Accept", .value = "application/json"}},
                        .ca_file = settings_.target.ca_file,
                        .timeout = settings_.request_timeout};
  for (auto& [name, value] : ready.headers)
    request.headers.push_back({.name = std::move(name), .value = std::move(value)});
  co_return co_await surroundings_.http.exchange(request);
}

Error SignedClient::suspended() const {
  const auto left = std::chrono::ceil<Milliseconds>(circuit_.open_until() - runtime::Clock::now());
  const Milliseconds wait = std::max(left, Milliseconds{0});
  return {.kind = ErrorKind::wait,
          .cause = ErrorCause::suspended,
          .message = fmt::format("not called for another {} ms, since calls kept failing; the last: {}",
                                 wait.count(), last_outage_),
          .retry_after = wait};
}

void SignedClient::note_key(const AccessKey& key) {
  surroundings_.metrics.signs_with(key.id, credentials_->name());
  surroundings_.metrics.set_credentials_expiry(key.expiration);
  surroundings_.key.has_signed = true;
  surroundings_.key.expires = key.expiration;
  if (key.id == key_id_) return;
  if (!key_id_.empty()) surroundings_.budgets.follow(key_id_, key.id);
  key_id_ = key.id;
}

void SignedClient::judge_service(const Result<void>& outcome) {
  const std::string& target = settings_.target.name;
  if (outcome || !policy::is_outage(outcome.error())) {
    if (circuit_.succeeded()) surroundings_.log.info("calls resumed", {{"target", target}});
    return;
  }
  last_outage_ = to_string(outcome.error());
  const Instant now = runtime::Clock::now();
  if (!circuit_.failed(now, surroundings_.random())) return;
  const auto pause = std::chrono::ceil<Milliseconds>(circuit_.open_until() - now);
  surroundings_.log.warn("calls suspended: the service keeps failing",
                         {{"target", target}, {"for_ms", pause.count()}, {"error", last_outage_}});
}

void SignedClient::learn_skew(const http::Response& response, Time sent) {
  const std::optional<Time> date = http::parse_date(response.header("date"));
  if (!date) return;
  skew_ = clock_skew(*date, sent, runtime::wall_now());
  surroundings_.metrics.set_clock_skew(skew_);
}

void SignedClient::report(const Attempt& attempt, const Result<void>& outcome, Milliseconds took) {
  const std::string& action = attempt.call.action;
  surroundings_.metrics.request_ended(action, code_of(outcome), took);
  if (!outcome && outcome.error().cause == ErrorCause::throttled) surroundings_.metrics.throttled(action);
  if (!surroundings_.log.writes(runtime::Level::debug)) return;
  const std::string reason = outcome ? std::string{} : to_string(outcome.error());
  surroundings_.log.debug("call ended", {{"target", settings_.target.name},
                                         {"action", action},
                                         {"attempt", attempt.number},
                                         {"code", code_of(outcome)},
                                         {"took_ms", took.count()},
                                         {"error", reason}});
}

// Also when the call is given up: the next one must not come too early either.
void SignedClient::pause(std::string_view action, const Error& error, Milliseconds wait) {
  const auto budget = budgets_.find(action);
  if (budget == budgets_.end() || error.http_status == 0) return;  // 0: not the service's wish
  budget->second->pause_until(runtime::Clock::now() + error.retry_after.value_or(wait));
}

}  // namespace sas::cloud
