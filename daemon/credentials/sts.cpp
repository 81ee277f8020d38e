// SPDX-License-Identifier: Apache-2.0
#include "credentials/sts.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "api/api_error.hpp"
#include "credentials/secret_json.hpp"
#include "http/date.hpp"
#include "http/url.hpp"
#include "runtime/clock.hpp"
#include "runtime/nonce.hpp"
#include "signing/acs3_signer.hpp"

namespace sas::credentials {
namespace {

constexpr std::string_view kVersion = "2015-04-01";
constexpr unsigned kOk = 200;

using Parameters = std::vector<signing::NameValue>;

std::string seconds_of(Milliseconds duration) {
  return fmt::to_string(std::chrono::floor<std::chrono::seconds>(duration).count());
}

Parameters parameters_of(const RoleSession& session) {
  Parameters parameters{{"RoleArn", session.role_arn},
                        {"RoleSessionName", session.session_name},
                        {"DurationSeconds", seconds_of(session.duration)}};
  if (!session.policy.empty()) parameters.emplace_back("Policy", session.policy);
  return parameters;
}

std::string place(std::string_view action, const RoleSession& session) {
  return fmt::format("{} of {} at {}", action, session.role_arn, session.endpoint);
}

// What would be right, where the code says what is wrong.
std::string_view remedy(const Error& error) {
  if (error.cause == ErrorCause::permission)
    return "; the role's trust policy must name whoever asks, who needs the permission sts:AssumeRole";
  if (error.code.starts_with("EntityNotExist")) return "; check the account and the name in the role's ARN";
  if (error.code.find("OIDC") != std::string::npos)
    return "; check the identity provider's ARN, its issuer, and the token's audience";
  return {};
}

Error located(Error error, std::string_view action, const RoleSession& session) {
  error.message = fmt::format("{}: {}{}", place(action, session), error.message, remedy(error));
  return error;
}

// Both actions answer with the same fields.
Result<AccessKey> read(http::Response response, std::string_view action, const RoleSession& session) {
  if (response.status != kOk) {
    const api::FailedAnswer answer{.http_status = response.status,
                                   .body = response.body,
                                   .content_type = response.header("content-type"),
                                   .request_id_header = response.header("x-acs-request-id"),
                                   .retry_after = {}};
    return located(api::classify(answer), action, session);
  }
  const Secret body(std::move(response.body));
  const SecretJson json(body.reveal());
  const auto* credentials = json.object() == nullptr ? nullptr : json.object()->if_contains("Credentials");
  if (credentials == nullptr || !credentials->is_object())
    return Error{.kind = ErrorKind::retry,
                 .cause = ErrorCause::contract,
                 .message = fmt::format("{}: the answer has no object Credentials", place(action, session))};
  return key_of(credentials->get_object(), place(action, session));
}

http::Request signed_request(const RoleSession& session, const std::string& host, const AccessKey& key,
                             Time now) {
  signing::Call call{.method = "POST",
                     .host = host,
                     .path = "/",
                     .action = "AssumeRole",
                     .version = std::string(kVersion),
                     .query = parameters_of(session),
                     .body = {},
                     .content_type = {},
                     .extra = {}};
  if (!session.external_id.empty()) call.query.emplace_back("ExternalId", session.external_id);
  signing::SignedCall ready = signing::sign(call, key, now, runtime::fresh_nonce());
  http::Request request{.method = "POST",
                        .url = session.endpoint + ready.target,
                        .headers = {{.name = "Accept", .value = "application/json"}}};
  for (auto& [name, value] : ready.headers)
    request.headers.push_back({.name = std::move(name), .value = std::move(value)});
  return request;
}

http::Request oidc_request(const RoleSession& session, const std::string& provider_arn, const Secret& token) {
  const Parameters query{{"Action", "AssumeRoleWithOIDC"},
                         {"Format", "JSON"},
                         {"SignatureNonce", runtime::fresh_nonce()},
                         {"Timestamp", format_seconds(runtime::wall_now())},
                         {"Version", std::string(kVersion)}};
  Parameters form = parameters_of(session);
  form.emplace_back("OIDCProviderArn", provider_arn);
  form.emplace_back("OIDCToken", std::string(token.reveal()));
  return {.method = "POST",
          .url = session.endpoint + "/?" + signing::canonical_query(query),
          .headers = {{.name = "Accept", .value = "application/json"},
                      {.name = "Content-Type", .value = "application/x-www-form-urlencoded"}},
          .body = signing::canonical_query(std::move(form))};
}

asio::awaitable<Result<http::Response>> exchange(http::Client& http, http::Request request) {
  Result<http::Response> response = co_await http.exchange(request);
  const Secret body(std::move(request.body));  // wiped: it may hold a token
  co_return std::move(response);
}

}  // namespace

void fill_session(RoleSession& session, const Variables& variables) {
  if (session.session_name.empty()) session.session_name = variables("ALIBABA_CLOUD_ROLE_SESSION_NAME");
  if (session.session_name.empty()) session.session_name = kSessionName;
  if (session.endpoint.empty())
    session.endpoint = sts_endpoint(variables("ALIBABA_CLOUD_STS_REGION"),
                                    is_true(variables("ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED")));
}

std::string sts_endpoint(std::string_view region, bool vpc) {
  if (region.empty()) return "https://sts.aliyuncs.com";
  return fmt::format("https://sts{}.{}.aliyuncs.com", vpc ? "-vpc" : "", region);
}

asio::awaitable<Result<AccessKey>> assume_role(http::Client& http, const RoleSession& session,
                                               const AccessKey& key) {
  const Result<http::Url> url = http::parse_url(session.endpoint);
  if (!url) co_return located(url.error(), "AssumeRole", session);
  const std::string host = http::host_header(*url);
  Milliseconds skew{0};
  for (bool again = true;; again = false) {
    Result<http::Response> response =
        co_await exchange(http, signed_request(session, host, key, runtime::wall_now() + skew));
    if (!response) co_return located(response.error(), "AssumeRole", session);
    const std::optional<Time> date = http::parse_date(response->header("date"));
    Result<AccessKey> assumed = read(std::move(*response), "AssumeRole", session);
    if (assumed || !again || !date || assumed.error().cause != ErrorCause::clock) co_return assumed;
    skew = *date - runtime::wall_now();
  }
}

asio::awaitable<Result<AccessKey>> assume_role_with_oidc(http::Client& http, const RoleSession& session,
                                                         const std::string& provider_arn,
                                                         const Secret& token) {
  Result<http::Response> response = co_await exchange(http, oidc_request(session, provider_arn, token));
  if (!response) co_return located(response.error(), "AssumeRoleWithOIDC", session);
  co_return read(std::move(*response), "AssumeRoleWithOIDC", session);
}

}  // namespace sas::credentials
