// SPDX-License-Identifier: Apache-2.0
#include "credentials/oidc_role.hpp"

#include <utility>

#include <fmt/format.h>

#include "credentials/watched_file.hpp"

namespace sas::credentials {
namespace {

Error not_given(std::string_view what, const char* variable) {
  return not_configured(
      fmt::format("{} is not given, and the environment variable {} is not set or empty", what, variable));
}

}  // namespace

OidcRole::OidcRole(OidcSettings settings, const Variables& variables, http::Client& http)
    : settings_(std::move(settings)), http_(http) {
  const auto fill = [&variables](std::string& setting, const char* name) {
    setting = or_variable(std::move(setting), variables, name);
  };
  fill(settings_.session.role_arn, "ALIBABA_CLOUD_ROLE_ARN");
  fill(settings_.provider_arn, "ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
  fill(settings_.token_file, "ALIBABA_CLOUD_OIDC_TOKEN_FILE");
  fill_session(settings_.session, variables);
}

asio::awaitable<Result<AccessKey>> OidcRole::get() {
  if (settings_.session.role_arn.empty()) co_return not_given("the role's ARN", "ALIBABA_CLOUD_ROLE_ARN");
  if (settings_.provider_arn.empty())
    co_return not_given("the identity provider's ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN");
  if (settings_.token_file.empty()) co_return not_given("the token's file", "ALIBABA_CLOUD_OIDC_TOKEN_FILE");
  WatchedFile file(settings_.token_file);
  const Result<Secret> token = file.read();
  if (!token) co_return token.error();
  co_return co_await assume_role_with_oidc(http_, settings_.session, settings_.provider_arn, *token);
}

}  // namespace sas::credentials
