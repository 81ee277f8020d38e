// SPDX-License-Identifier: Apache-2.0
#include "credentials/ecs_role.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "credentials/secret_json.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kTimeout = 1s;
constexpr unsigned kOk = 200;
constexpr unsigned kNotFound = 404;
constexpr std::string_view kRoles = "/latest/meta-data/ram/security-credentials/";
constexpr std::string_view kBlank = " \t\r\n";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlank) - begin + 1));
}

Error refusal(const std::string& url, std::string_view what, unsigned status) {
  if (status == kNotFound)
    return not_configured(
        fmt::format("{}: there is no {} (HTTP 404); attach a RAM role to the ECS instance, "
                    "and give its name or none",
                    url, what));
  return {.kind = status >= 500 ? ErrorKind::retry : ErrorKind::give_up,
          .cause = status >= 500 ? ErrorCause::server : ErrorCause::permission,
          .message = fmt::format("{}: the metadata service refuses the {}", url, what),
          .http_status = status};
}

}  // namespace

EcsRole::EcsRole(EcsRoleSettings settings, const Variables& variables, http::Client& http)
    : settings_(std::move(settings)),
      is_disabled_(is_true(variables("ALIBABA_CLOUD_ECS_METADATA_DISABLED"))),
      http_(http) {
  if (settings_.role_name.empty()) settings_.role_name = variables("ALIBABA_CLOUD_ECS_METADATA");
  if (is_true(variables("ALIBABA_CLOUD_IMDSV1_DISABLED"))) settings_.allows_v1 = false;
}

asio::awaitable<Result<AccessKey>> EcsRole::get() {
  if (is_disabled_) co_return not_configured("ALIBABA_CLOUD_ECS_METADATA_DISABLED is true");
  const Result<std::string> token = co_await fetch_token();
  if (!token && !settings_.allows_v1) {
    Error error = token.error();
    error.message += "; without a token (IMDSv1) it is not asked, as settings or environment say";
    co_return error;
  }
  if (token) {
    Result<AccessKey> key = co_await fetch_key(*token);
    if (key || !settings_.allows_v1) co_return key;
  }
  std::string no_token;
  co_return co_await fetch_key(std::move(no_token));
}

asio::awaitable<Result<std::string>> EcsRole::fetch_token() {
  const http::Request request{
      .method = "PUT",
      .url = settings_.endpoint + "/latest/api/token",
      .headers = {{.name = "X-aliyun-ecs-metadata-token-ttl-seconds", .value = "21600"}},
      .timeout = kTimeout};
  const Result<http::Response> response = co_await http_.exchange(request);
  if (!response) co_return response.error();
  if (response->status != kOk) co_return refusal(request.url, "token", response->status);
  std::string token = trimmed(response->body);
  // It goes into a header; whatever else answers here, such as a page of HTML, is no token.
  if (token.empty() || token.find_first_of(" \t\r\n<") != std::string::npos)
    co_return refusal(request.url, "token", kNotFound);
  co_return token;
}

asio::awaitable<Result<AccessKey>> EcsRole::fetch_key(std::string token) {
  std::string role = settings_.role_name;
  if (role.empty()) {
    const Result<std::string> name = co_await read(std::string(kRoles), token, "RAM role");
    if (!name) co_return name.error();
    role = trimmed(*name);
    if (role.empty() || role.find_first_of(" \t\r\n<") != std::string::npos)
      co_return refusal(settings_.endpoint + std::string(kRoles), "RAM role", kNotFound);
  }
  Result<std::string> answer = co_await read(std::string(kRoles) + role, token, "RAM role");
  if (!answer) co_return answer.error();
  const Secret body(std::move(*answer));
  const SecretJson json(body.reveal());
  const std::string where = fmt::format("{}{}{}", settings_.endpoint, kRoles, role);
  static const boost::json::object kNothing;
  const boost::json::object& fields = json.object() == nullptr ? kNothing : *json.object();
  const std::string code = text_of(fields, "Code");
  if (!code.empty() && code != "Success")
    co_return Error{.kind = ErrorKind::retry,
                    .cause = ErrorCause::server,
                    .message = fmt::format("{}: the metadata service has no key for the role", where),
                    .code = code};
  co_return key_of(fields, where);
}

asio::awaitable<Result<std::string>> EcsRole::read(std::string path, std::string token, std::string what) {
  http::Request request{.method = "GET", .url = settings_.endpoint + path, .timeout = kTimeout};
  if (!token.empty()) request.headers.push_back({.name = "X-aliyun-ecs-metadata-token", .value = token});
  Result<http::Response> response = co_await http_.exchange(request);
  if (!response) co_return response.error();
  if (response->status != kOk) co_return refusal(request.url, what, response->status);
  co_return std::move(response->body);
}

}  // namespace sas::credentials
