// SPDX-License-Identifier: Apache-2.0
#pragma once
// A role that another provider's key may assume (AssumeRole). Its source may be an assumed role itself, so
// roles chain.

#include <memory>

#include "credentials/provider.hpp"
#include "credentials/sts.hpp"

namespace sas::credentials {

/// Asks STS each time: whoever wants to keep the session wraps it in Refreshing.
class AssumedRole final : public Provider {
 public:
  AssumedRole(std::unique_ptr<Provider> source, RoleSession session, const Variables& variables,
              http::Client& http);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "ram_role_arn"; }

 private:
  std::unique_ptr<Provider> source_;
  RoleSession session_;
  http::Client& http_;
};

}  // namespace sas::credentials
