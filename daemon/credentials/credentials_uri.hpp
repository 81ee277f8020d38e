// SPDX-License-Identifier: Apache-2.0
#pragma once
// A key from an address that answers a GET with one: a sidecar's, usually.

#include <string>

#include "credentials/provider.hpp"
#include "credentials/variables.hpp"
#include "http/client.hpp"

namespace sas::credentials {

class CredentialsUri final : public Provider {
 public:
  /// An empty `uri`: ALIBABA_CLOUD_CREDENTIALS_URI. `ca_file` is trusted besides the system's.
  CredentialsUri(std::string uri, const Variables& variables, http::Client& http, std::string ca_file = {});
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey&) override {}
  [[nodiscard]] std::string_view name() const override { return "credentials_uri"; }

 private:
  std::string uri_;
  std::string ca_file_;
  http::Client& http_;
};

}  // namespace sas::credentials
