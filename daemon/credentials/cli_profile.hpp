// SPDX-License-Identifier: Apache-2.0
#pragma once
// One profile of the official CLI's ~/.aliyun/config.json, as it is written there.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace sas::credentials {

struct CliProfile {
  std::string name;
  std::string mode;
  std::string access_key_id;
  Secret access_key_secret;
  Secret sts_token;
  std::string ram_role_arn;
  std::string ram_session_name;
  std::string ram_role_name;
  std::string expired_seconds;
  std::string policy;
  std::string external_id;
  std::string sts_region;
  std::string sts_endpoint;
  std::string enable_vpc;
  std::string source_profile;
  std::string oidc_provider_arn;
  std::string oidc_token_file;
  std::string credentials_uri;
  std::string process_command;
};

/// The profile of that name; an empty one is the file's `current`. Errors name the file, and
/// the profiles that there are.
Result<CliProfile> find_cli_profile(std::string_view text, std::string_view name, const std::string& file);

}  // namespace sas::credentials
