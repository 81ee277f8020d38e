// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key from a profile of the official SDKs' credentials file.

#include <memory>
#include <string>

#include "credentials/provider.hpp"
#include "credentials/sdk_profile.hpp"
#include "credentials/settling.hpp"
#include "credentials/surroundings.hpp"
#include "credentials/watched_file.hpp"

namespace sas::credentials {

/// ALIBABA_CLOUD_CREDENTIALS_FILE, else ~/.alibabacloud/credentials; the section that ALIBABA_CLOUD_PROFILE
/// names, else [default]. Read again whenever it changes.
class SdkConfig final : public Provider {
 public:
  explicit SdkConfig(const Surroundings& surroundings);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey& key) override;
  [[nodiscard]] std::string_view name() const override { return "credentials_file"; }

 private:
  using Made = Result<std::unique_ptr<Provider>>;

  Result<void> read();
  Made make();
  Made make(const SdkProfile& profile);
  Made make_keyed(const SdkProfile& profile, bool assumes_role);
  Made make_oidc(const SdkProfile& profile);
  std::unique_ptr<Provider> refreshed(std::unique_ptr<Provider> source);

  Surroundings surroundings_;
  std::string section_;
  WatchedFile file_;
  Settling<Secret> settling_;
  Secret content_;                      // what provider_ was made of
  std::shared_ptr<Provider> provider_;  // null: not made yet
};

}  // namespace sas::credentials
