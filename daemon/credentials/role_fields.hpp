// SPDX-License-Identifier: Apache-2.0
#pragma once
// A session as files of the official SDKs write it, as texts.

#include <string>

#include "base/result.hpp"
#include "credentials/sts.hpp"
#include "credentials/variables.hpp"

namespace sas::credentials {

struct RoleFields {
  std::string role_arn = {};
  std::string session_name = {};  // empty: ours
  std::string policy = {};
  std::string external_id = {};
  std::string seconds = {};  // empty or 0: an hour
  std::string region = {};
  bool vpc = false;
  std::string endpoint = {};  // a host; empty: the one of the region
};

/// Role, region and VPC that are missing are the environment's. The error says which field is wrong, where,
/// and what would be right.
Result<RoleSession> read_session(const RoleFields& fields, const Variables& variables,
                                 const std::string& where);

}  // namespace sas::credentials
