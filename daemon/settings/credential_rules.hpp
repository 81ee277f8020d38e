// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which keys go with which type of credentials.

#include <array>
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

/// Adds what is wrong; keys are relative to the target, which begins at `start`.
void check_credentials(const Credentials& credentials, const Given& given, Position start,
                       std::vector<Mistake>& mistakes);

}  // namespace sas::settings
