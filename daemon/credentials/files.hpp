// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key of which at least one part stands in a file, as systemd's LoadCredential= and Kubernetes secrets give
// them.

#include <optional>

#include "credentials/provider.hpp"
#include "credentials/watched_file.hpp"

namespace sas::credentials {

class Files final : public Provider {
 public:
  explicit Files(FromSettings settings);
  asio::awaitable<Result<AccessKey>> get() override;
  [[nodiscard]] std::string_view name() const override { return "files"; }

 private:
  Result<AccessKey> read();

  AccessKey key_;  // the parts that stand in no file
  std::optional<WatchedFile> id_;
  std::optional<WatchedFile> secret_;
  std::optional<WatchedFile> security_token_;
};

}  // namespace sas::credentials
