// SPDX-License-Identifier: Apache-2.0
#include "support/fake_cloud.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/timer.hpp"
#include "simulator/service/query.hpp"

namespace sas::support {
namespace {

constexpr std::string_view kMetadata = "100.100.100.200";
constexpr std::string_view kToken = "metadata-token";
constexpr std::string_view kRoles = "/latest/meta-data/ram/security-credentials/";

std::string header(const http::Request& request, std::string_view name) {
  for (const http::Header& header : request.headers)
    if (header.name == name) return header.value;
  return {};
}

http::Response ok(std::string body) {
  return {.status = 200, .headers = {}, .body = std::move(body)};
}

std::map<std::string, std::string> parameters_of(std::string_view text) {
  std::map<std::string, std::string> parameters;
  for (const auto& [name, value] : simulator::parse_parameters(text).value_or(simulator::Parameters{}))
    parameters[name] = value;
  return parameters;
}

}  // namespace

FakeCloud::FakeCloud() : check_({}) {}

boost::asio::awaitable<Result<http::Response>> FakeCloud::exchange(const http::Request& request) {
  requests.push_back(request);
  const std::size_t begin = request.url.find("//") + 2;
  const std::size_t slash = std::min(request.url.find('/', begin), request.url.size());
  const std::string host = request.url.substr(begin, slash - begin);
  const std::string target = request.url.substr(slash);
  co_await runtime::sleep_for(latency);
  if (const auto found = down.find(host); found != down.end()) co_return found->second;
  if (const auto found = broken.find(host); found != broken.end()) co_return found->second;
  http::Response response = answer(request, host, target);
  response.headers.push_back(
      {.name = "Date", .value = simulator::http_date(runtime::wall_now() + clock_ahead)});
  co_return response;
}

std::size_t FakeCloud::count(const std::string& part_of_url) const {
  return static_cast<std::size_t>(std::ranges::count_if(requests, [&](const http::Request& request) {
    return request.url.find(part_of_url) != std::string::npos;
  }));
}

http::Response FakeCloud::answer(const http::Request& request, const std::string& host,
                                 const std::string& target) {
  if (host == kMetadata) return metadata(request, target);
  if (host.starts_with("sts")) return sts(request, host, target);
  return ok(uri_body);
}

http::Response FakeCloud::metadata(const http::Request& request, const std::string& target) {
  if (target == "/latest/api/token") {
    const bool is_right =
        request.method == "PUT" && header(request, "X-aliyun-ecs-metadata-token-ttl-seconds") == "21600";
    return has_v2 && is_right ? ok(std::string(kToken))
                              : http::Response{.status = 404, .headers = {}, .body = {}};
  }
  const std::string token = header(request, "X-aliyun-ecs-metadata-token");
  if (token.empty() ? !has_v1 : token != kToken || !takes_tokens)
    return {.status = 403, .headers = {}, .body = {}};
  if (ecs_role.empty() || !target.starts_with(kRoles)) return {.status = 404, .headers = {}, .body = {}};
  if (target == kRoles) return ok(ecs_role + "\n");
  if (target != std::string(kRoles) + ecs_role) return {.status = 404, .headers = {}, .body = {}};
  AccessKey key{.id = fmt::format("STS.ecs{}", ++issued_),
                .secret = Secret("ecs-s3cret"),
                .security_token = Secret(fmt::format("ecs-t0ken{}", issued_))};
  keys.push_back(key);
  return ok(fmt::format(
      R"({{"Code":"Success","AccessKeyId":"{}","AccessKeySecret":"ecs-s3cret","SecurityToken":"{}",)"
      R"("Expiration":"{}","LastUpdated":"2026-01-02T03:04:05Z"}})",
      key.id, key.security_token.reveal(), format_seconds(runtime::wall_now() + life)));
}

http::Response FakeCloud::sts(const http::Request& request, const std::string& host,
                              const std::string& target) {
  const std::string query = target.substr(std::min(target.find('?') + 1, target.size()));
  const std::string action = header(request, "x-acs-action");
  const bool is_signed = action == "AssumeRole" || action == "GetCallerIdentity";
  if (is_signed && header(request, "x-acs-version") == "2015-04-01") {
    if (known_keys_ != keys) check_ = simulator::SignatureCheck(keys);
    known_keys_ = keys;
    simulator::Request received{
        .method = request.method, .target = target, .headers = {}, .body = request.body};
    for (const http::Header& header : request.headers)
      received.headers.push_back({.name = header.name, .value = header.value});
    if (header(request, "host") != host) return refusal(400, "WrongHost");
    if (const auto refused = check_.refusal(received, runtime::wall_now() + clock_ahead))
      return refusal(refused->status, refused->code);
    return action == "AssumeRole" ? session(parameters_of(query)) : ok(identity_body);
  }
  const auto asked = parameters_of(query);
  const auto form = parameters_of(request.body);
  const bool is_right = request.method == "POST" && asked.contains("Timestamp") &&
                        asked.at("Action") == "AssumeRoleWithOIDC" && asked.at("Version") == "2015-04-01" &&
                        header(request, "Authorization").empty() &&
                        header(request, "Content-Type") == "application/x-www-form-urlencoded";
  if (!is_right) return refusal(400, "InvalidAction.NotFound");
  const auto token = oidc_tokens.find(form.at("OIDCToken"));
  if (token == oidc_tokens.end() || token->second != form.at("OIDCProviderArn"))
    return refusal(400, "AuthenticationFail.OIDCToken.Invalid");
  return session(form);
}

http::Response FakeCloud::session(const std::map<std::string, std::string>& parameters) {
  const std::string& role = parameters.at("RoleArn");
  if (role.ends_with("forbidden")) return refusal(403, "NoPermission");
  if (role.ends_with("nobody")) return refusal(404, "EntityNotExist.Role");
  const std::chrono::seconds duration{std::stoi(parameters.at("DurationSeconds"))};
  AccessKey key{.id = fmt::format("STS.{}{}", role.substr(role.rfind('/') + 1), ++issued_),
                .secret = Secret("sts-s3cret"),
                .security_token = Secret(fmt::format("sts-t0ken{}", issued_))};
  keys.push_back(key);
  return ok(fmt::format(
      R"({{"RequestId":"R","AssumedRoleUser":{{"Arn":"a"}},"Credentials":{{"AccessKeyId":"{}","AccessKeySecret":)"
      R"("sts-s3cret","SecurityToken":"{}","Expiration":"{}"}}}})",
      key.id, key.security_token.reveal(), format_seconds(runtime::wall_now() + clock_ahead + duration)));
}

http::Response FakeCloud::refusal(unsigned status, const std::string& code) {
  return {.status = status,
          .headers = {{.name = "content-type", .value = "application/json"}},
          .body = fmt::format(R"({{"RequestId":"R-1","HostId":"sts","Code":"{}","Message":"no"}})", code)};
}

}  // namespace sas::support
