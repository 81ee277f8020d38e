// SPDX-License-Identifier: Apache-2.0
#pragma once
// From the credentials of the settings to providers of keys. Targets with the same credentials share one, so
// that a key is fetched once, however many targets use it.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "credentials/provider.hpp"
#include "credentials/surroundings.hpp"
#include "policy/key_health.hpp"
#include "runtime/logging.hpp"
#include "settings/settings.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::app {

/// What `from` amounts to, made anew.
std::unique_ptr<credentials::Provider> make_provider(const settings::Credentials& from,
                                                     const credentials::Surroundings& surroundings);

/// Where whoever has these credentials asks STS: as they say, else as the environment says.
std::string sts_endpoint(const settings::Credentials& from, const credentials::Variables& variables);

class KeySources {
 public:
  /// The observer of `surroundings` is the sources' own: they tell the log and the targets' metrics.
  KeySources(credentials::Surroundings surroundings, runtime::Log& log);

  /// `metrics` and `key`, which learn how fetching goes, must stay until the target has left. A target that
  /// had other credentials before has left those.
  std::shared_ptr<credentials::Provider> source_for(const settings::Credentials& from,
                                                    const std::string& target,
                                                    telemetry::TargetMetrics& metrics,
                                                    policy::KeyHealth& key);

  /// The target is gone; a source that nobody else uses goes, too.
  void leave(const std::string& target);

  /// Whom the chain of `from` passed over when it last looked; empty before, and where there is no chain.
  [[nodiscard]] std::vector<credentials::PassedOver> passed_over(const settings::Credentials& from) const;

 private:
  struct User {
    std::string target;
    std::reference_wrapper<telemetry::TargetMetrics> metrics;
    std::reference_wrapper<policy::KeyHealth> key;
  };
  struct Source {
    settings::Credentials credentials;
    std::vector<User> users;
    std::shared_ptr<credentials::Provider> provider;
    std::vector<credentials::PassedOver> passed_over = {};
  };

  void leave(const std::string& target, const settings::Credentials* all_but);
  credentials::Observer observer(const std::shared_ptr<Source>& source);

  credentials::Surroundings surroundings_;
  runtime::Log& log_;
  std::vector<std::shared_ptr<Source>> sources_;
};

}  // namespace sas::app
