// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key of which at least one part stands in a file, as systemd's LoadCredential= and Kubernetes secrets give
// them.

#include <optional>
#include <string>

#include "credentials/provider.hpp"
#include "credentials/settling.hpp"
#include "credentials/watched_file.hpp"

namespace sas::credentials {

/// Each part as a value or in a file; the file is read again whenever it changes. No token and no file for
/// it: a long-lived key. While the files are being replaced, the key that they gave before goes on.
struct KeyParts {
  std::string id = {};
  Secret secret = {};
  Secret security_token = {};
  std::string id_file = {};
  std::string secret_file = {};
  std::string security_token_file = {};

  [[nodiscard]] bool name_a_file() const {
    return !id_file.empty() || !secret_file.empty() || !security_token_file.empty();
  }
};

class Files final : public Provider {
 public:
  explicit Files(KeyParts parts);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey& key) override;
  [[nodiscard]] std::string_view name() const override { return "files"; }

 private:
  Result<AccessKey> read();

  AccessKey key_;  // the parts that stand in no file
  std::optional<WatchedFile> id_;
  std::optional<WatchedFile> secret_;
  std::optional<WatchedFile> security_token_;
  Settling<AccessKey> settling_;
};

}  // namespace sas::credentials
