// SPDX-License-Identifier: Apache-2.0
#pragma once
// The key in the environment variables of the official SDKs; an empty variable counts as none.

#include "credentials/provider.hpp"

namespace sas::credentials {

/// Read when it is made: the environment of a running process does not change.
class Environment final : public Provider {
 public:
  Environment();
  asio::awaitable<Result<AccessKey>> get() override;
  [[nodiscard]] std::string_view name() const override { return "environment"; }

 private:
  Result<AccessKey> key_;
};

}  // namespace sas::credentials
