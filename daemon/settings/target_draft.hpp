// SPDX-License-Identifier: Apache-2.0
#pragma once
// A target as it is written, and the rules between its keys that turn it into a target to watch.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "settings/credential_rules.hpp"
#include "settings/mistake.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// The two service centres behind all regions. Each account's tasks are at one of them.
enum class Site : std::uint8_t { cn, intl };
enum class Network : std::uint8_t { internet, vpc };

struct TargetDraft {
  Target target;  // without a resolved endpoint
  Site site = Site::cn;
  Network network = Network::internet;
  Credentials credentials;
};

/// `https://…` of a service centre. Source: the API's list of endpoints and the CLI's metadata for VPCs.
std::string_view endpoint_of(Site site, Network network);

/// The keys in a mistake are relative to the target. `start` is where the target begins.
std::vector<Mistake> check_target(const TargetDraft& draft, const Given& given, Position start);

/// Only of a draft without mistakes.
WatchedTarget resolve(TargetDraft draft, const Given& given);

}  // namespace sas::settings
