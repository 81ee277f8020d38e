// SPDX-License-Identifier: Apache-2.0
#include "credentials/sts.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "credentials/secret_json.hpp"
#include "credentials/sts_call.hpp"
#include "runtime/clock.hpp"
#include "runtime/nonce.hpp"

namespace sas::credentials {
namespace {

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
Result<AccessKey> read(const Result<Secret>& body, std::string_view action, const RoleSession& session) {
  if (!body) return located(body.error(), action, session);
  const SecretJson json(body->reveal());
  const auto* credentials = json.object() == nullptr ? nullptr : json.object()->if_contains("Credentials");
  if (credentials == nullptr || !credentials->is_object())
    return Error{.kind = ErrorKind::retry,
                 .cause = ErrorCause::contract,
                 .message = fmt::format("{}: the answer has no object Credentials", place(action, session))};
  return key_of(credentials->get_object(), place(action, session));
}

http::Request oidc_request(const RoleSession& session, const std::string& provider_arn, const Secret& token) {
  const Parameters query{{"Action", "AssumeRoleWithOIDC"},
                         {"Format", "JSON"},
                         {"SignatureNonce", runtime::fresh_nonce()},
                         {"Timestamp", format_seconds(runtime::wall_now())},
                         {"Version", std::string(kStsVersion)}};
  Parameters form = parameters_of(session);
  form.emplace_back("OIDCProviderArn", provider_arn);
  form.emplace_back("OIDCToken", std::string(token.reveal()));
  return {.method = "POST",
          .url = session.endpoint + "/?" + signing::canonical_query(query),
          .headers = {{.name = "Accept", .value = "application/json"},
                      {.name = "Content-Type", .value = "application/x-www-form-urlencoded"}},
          .body = signing::canonical_query(std::move(form)),
          .ca_file = session.ca_file};
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
  StsCall call{.endpoint = session.endpoint,
               .action = "AssumeRole",
               .parameters = parameters_of(session),
               .ca_file = session.ca_file};
  if (!session.external_id.empty()) call.parameters.emplace_back("ExternalId", session.external_id);
  const Result<Secret> body = co_await call_sts(http, call, key);
  co_return read(body, "AssumeRole", session);
}

asio::awaitable<Result<AccessKey>> assume_role_with_oidc(http::Client& http, const RoleSession& session,
                                                         const std::string& provider_arn,
                                                         const Secret& token) {
  Result<http::Response> response = co_await exchange(http, oidc_request(session, provider_arn, token));
  if (!response) co_return located(response.error(), "AssumeRoleWithOIDC", session);
  const Result<Secret> body = sts_body(std::move(*response), token);
  co_return read(body, "AssumeRoleWithOIDC", session);
}

}  // namespace sas::credentials
