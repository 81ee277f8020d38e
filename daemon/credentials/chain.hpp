// SPDX-License-Identifier: Apache-2.0
#pragma once
// Several providers in an order: the first that has a key is kept to.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "credentials/provider.hpp"
#include "credentials/surroundings.hpp"

namespace sas::credentials {

struct Link {
  /// Whether somebody has set the provider up. One that is set up and cannot be reached just now is waited
  /// for: to go on would sign as whoever comes next, who may be somebody else, and for good.
  enum class Kind : std::uint8_t { set_up, guess };

  Kind kind = Kind::set_up;
  std::unique_ptr<Provider> provider;
};

class Chain final : public Provider {
 public:
  /// `skipped` are those that the environment rules out, with the reason: told with the others.
  Chain(std::vector<Link> links, std::vector<PassedOver> skipped, Observer observer);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey& key) override;

  /// Of the provider that it keeps to; `default` before there is one.
  [[nodiscard]] std::string_view name() const override;

  /// Why each other was passed over when it was last looked for one.
  [[nodiscard]] const std::vector<PassedOver>& passed_over() const { return passed_over_; }

 private:
  asio::awaitable<Result<AccessKey>> look();
  void keep_to(std::size_t index, std::vector<PassedOver> passed_over);

  std::vector<Link> links_;
  std::vector<PassedOver> skipped_;
  Observer observer_;
  std::optional<std::size_t> chosen_;
  std::vector<PassedOver> passed_over_;
};

/// The chain of the official SDKs: environment, OIDC, the CLI's profile, the SDKs' credentials file, the ECS
/// instance's role, the credentials URI; each where the environment does not rule it out.
std::unique_ptr<Chain> make_default_chain(const Surroundings& surroundings);

}  // namespace sas::credentials
