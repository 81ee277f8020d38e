// SPDX-License-Identifier: Apache-2.0
#pragma once
// The RAM role of the ECS instance that this runs on, from the instance's metadata service.

#include <string>

#include "credentials/provider.hpp"
#include "credentials/variables.hpp"
#include "http/client.hpp"

namespace sas::credentials {

struct EcsRoleSettings {
  std::string role_name = {};  // empty: ALIBABA_CLOUD_ECS_METADATA, else the service is asked for it
  bool allows_v1 = true;       // whether the service may be asked without a token, where it gives none
  std::string endpoint = "http://100.100.100.200";  // plain http, so that no proxy comes between
};

/// Asks the service each time, with a token of its own (IMDSv2) where there is one. Never where
/// ALIBABA_CLOUD_ECS_METADATA_DISABLED is true, whoever set it up.
class EcsRole final : public Provider {
 public:
  EcsRole(EcsRoleSettings settings, const Variables& variables, http::Client& http);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "ecs_ram_role"; }

 private:
  asio::awaitable<Result<std::string>> fetch_token();
  asio::awaitable<Result<AccessKey>> fetch_key(std::string token);
  asio::awaitable<Result<std::string>> read(std::string path, std::string token, std::string what);

  EcsRoleSettings settings_;
  bool is_disabled_;
  http::Client& http_;
};

}  // namespace sas::credentials
