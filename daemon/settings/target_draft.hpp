// SPDX-License-Identifier: Apache-2.0
#pragma once
// A target as it is written, and the rules between its keys that turn it into a target to watch.

#include <string>
#include <vector>

#include "settings/filled.hpp"
#include "settings/mistake.hpp"
#include "settings/regions.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

struct TargetDraft {
  Target target;     // without a resolved endpoint
  std::string site;  // a centre or a region
  Network network = Network::internet;
  Credentials credentials;
};

/// The keys in a mistake are relative to the target. `start` is where the target begins.
std::vector<Mistake> check_target(const TargetDraft& draft, const Given& given, Position start);

/// Only of a draft without mistakes.
WatchedTarget resolve(TargetDraft draft, const Given& given);

}  // namespace sas::settings
