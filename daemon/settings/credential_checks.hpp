// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules for single texts of credentials, as RAM and STS document them. See checks.hpp.

#include <optional>
#include <string_view>

#include "settings/expand.hpp"

namespace sas::settings {

/// `acs:ram::ACCOUNT:role/NAME`
std::optional<Problem> check_role_arn(std::string_view text);
/// `acs:ram::ACCOUNT:oidc-provider/NAME`
std::optional<Problem> check_oidc_provider_arn(std::string_view text);
/// 2 to 64 letters, digits and `.@-_`.
std::optional<Problem> check_session_name(std::string_view text);
/// 2 to 1224 letters, digits and `+=,.@:/-_`.
std::optional<Problem> check_external_id(std::string_view text);
/// 1 to 2048 characters that begin and end like a JSON object.
std::optional<Problem> check_policy(std::string_view text);
/// `cn-hangzhou`: it becomes part of a host name.
std::optional<Problem> check_region(std::string_view text);
/// 1 to 64 letters, digits and `.-_`: it becomes part of a path.
std::optional<Problem> check_role_name(std::string_view text);
/// `http://` or `https://`, a host, no user, no fragment.
std::optional<Problem> check_uri(std::string_view text);

}  // namespace sas::settings
