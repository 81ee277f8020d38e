// SPDX-License-Identifier: Apache-2.0
#pragma once
// A role for the bearer of an OIDC token that somebody keeps fresh in a file: RRSA (RAM Roles for Service
// Accounts) in Kubernetes.

#include <string>

#include "credentials/provider.hpp"
#include "credentials/sts.hpp"
#include "credentials/variables.hpp"

namespace sas::credentials {

struct OidcSettings {
  RoleSession session;       // whose role ARN may be empty: ALIBABA_CLOUD_ROLE_ARN
  std::string provider_arn;  // empty: ALIBABA_CLOUD_OIDC_PROVIDER_ARN
  std::string token_file;    // empty: ALIBABA_CLOUD_OIDC_TOKEN_FILE
};

/// Reads the token and asks STS each time.
class OidcRole final : public Provider {
 public:
  OidcRole(OidcSettings settings, const Variables& variables, http::Client& http);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "oidc_role_arn"; }

 private:
  OidcSettings settings_;
  http::Client& http_;
};

}  // namespace sas::credentials
