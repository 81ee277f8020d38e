// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key from a profile of the official CLI, whatever its mode.

#include <memory>
#include <string>
#include <vector>

#include "credentials/cli_profile.hpp"
#include "credentials/provider.hpp"
#include "credentials/settling.hpp"
#include "credentials/surroundings.hpp"
#include "credentials/watched_file.hpp"

namespace sas::credentials {

struct CliConfigSettings {
  std::string file = {};     // empty: ALIBABA_CLOUD_CONFIG_FILE, else ~/.aliyun/config.json
  std::string profile = {};  // empty: ALIBABA_CLOUD_PROFILE, else the file's `current`
};

/// Reads the file again whenever it changes; for as long as it does not, sessions go on.
class CliConfig final : public Provider {
 public:
  CliConfig(CliConfigSettings settings, const Surroundings& surroundings);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey& key) override;
  [[nodiscard]] std::string_view name() const override { return "profile"; }

 private:
  using Made = Result<std::unique_ptr<Provider>>;

  Result<void> read();
  Made make(std::string_view name, std::vector<std::string> below);
  Made make_keyed(const CliProfile& profile);
  Made make_fetching(const CliProfile& profile);
  Made make_role(const CliProfile& profile, std::unique_ptr<Provider> source);
  Made make_chained(const CliProfile& profile, std::vector<std::string> below);
  std::unique_ptr<Provider> refreshed(std::unique_ptr<Provider> source);
  [[nodiscard]] std::string where(const CliProfile& profile) const;

  CliConfigSettings settings_;
  Surroundings surroundings_;
  WatchedFile file_;
  Settling<Secret> settling_;
  Secret content_;                      // what provider_ was made of
  std::shared_ptr<Provider> provider_;  // null: not made yet
};

}  // namespace sas::credentials
