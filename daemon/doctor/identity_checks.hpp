// SPDX-License-Identifier: Apache-2.0
#pragma once
// Judges who calls: where the key comes from, and whose it is.

#include <string>
#include <vector>

#include "base/access_key.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "credentials/caller_identity.hpp"
#include "credentials/surroundings.hpp"
#include "doctor/check.hpp"
#include "settings/settings.hpp"

namespace sas::doctor {

struct FoundKey {
  Result<AccessKey> key;
  std::string provider;  // that gave it
  std::vector<credentials::PassedOver> passed_over;
};

Check credentials_check(const FoundKey& found, settings::Credentials::Type type, Time now);

/// An STS that cannot be reached is a warning: nothing else depends on it.
Check identity_check(const Result<credentials::CallerIdentity>& identity, const std::string& sts_endpoint);

/// What to do about a key that a service does not accept; empty where `error` is not about the key.
std::string remedy_for_key(const Error& error);

}  // namespace sas::doctor
