// SPDX-License-Identifier: Apache-2.0
#pragma once
// The key in the environment variables of the official SDKs; an empty variable counts as none.

#include "credentials/provider.hpp"
#include "credentials/variables.hpp"

namespace sas::credentials {

/// Read when it is made: the environment of a running process does not change.
class Environment final : public Provider {
 public:
  explicit Environment(const Variables& variables);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "environment"; }

 private:
  Result<AccessKey> key_;
};

}  // namespace sas::credentials
