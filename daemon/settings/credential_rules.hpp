// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which keys go with which type of credentials.

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "settings/filled.hpp"
#include "settings/mistake.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// In the order of Credentials::Type.
constexpr std::array<std::string_view, 8> kCredentialTypes{"default",       "access_key",   "sts",
                                                           "oidc_role_arn", "ecs_ram_role", "credentials_uri",
                                                           "profile",       "ram_role_arn"};

/// Types are sets of bits, that of a type at its place in kCredentialTypes.
struct CredentialRule {
  std::string_view key;
  unsigned types = 0;         // that take it
  unsigned needed_by = 0;     // of those
  bool may_be_source = true;  // whether it goes with a source of those types as well
  bool has_file = false;      // whether KEY_file may stand in its place
};

/// All but what goes with single sources and with the STS.
std::span<const CredentialRule> credential_rules();

std::vector<std::string_view> credential_types_in(unsigned types);

/// Adds what is wrong; keys are relative to the target, which begins at `start`.
void check_credentials(const Credentials& credentials, const Given& given, Position start,
                       std::vector<Mistake>& mistakes);

}  // namespace sas::settings
