// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key that a program of the user's prints: mode External of the CLI's profiles.

#include <string>

#include "credentials/child_process.hpp"
#include "credentials/provider.hpp"

namespace sas::credentials {

class ExternalProcess final : public Provider {
 public:
  explicit ExternalProcess(std::string command, ProcessLimits limits = {});
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "external"; }

 private:
  std::string command_;
  ProcessLimits limits_;
};

}  // namespace sas::credentials
