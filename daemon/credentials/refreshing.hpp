// SPDX-License-Identifier: Apache-2.0
#pragma once
// Keeps the temporary keys of another provider fresh: fetches ahead of expiry, one fetch at a time however
// many ask, and serves the old key for as long as it is good. See renewal.hpp for when.

#include <memory>

#include "credentials/provider.hpp"
#include "credentials/surroundings.hpp"

namespace sas::credentials {

class Refreshing final : public Provider {
 public:
  /// `source` is asked in `surroundings.fetches`.
  Refreshing(std::unique_ptr<Provider> source, const Surroundings& surroundings);
  asio::awaitable<Result<AccessKey>> get() override;
  void refused(const AccessKey& key) override;
  [[nodiscard]] std::string_view name() const override;

 private:
  struct State;

  std::shared_ptr<State> state_;  // shared with the fetch under way, which may outlive the provider
  runtime::TaskGroup& fetches_;
};

}  // namespace sas::credentials
