// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key that is known from the start and does not change.

#include "credentials/provider.hpp"

namespace sas::credentials {

class StaticKey final : public Provider {
 public:
  explicit StaticKey(AccessKey key);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "static"; }

 private:
  AccessKey key_;
};

}  // namespace sas::credentials
