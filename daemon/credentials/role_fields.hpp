// SPDX-License-Identifier: Apache-2.0
#pragma once
// A session as files of the official SDKs write it, as texts.

#include <string>

#include "base/result.hpp"
#include "credentials/sts.hpp"

namespace sas::credentials {

struct RoleFields {
  std::string role_arn = {};
  std::string session_name = {};  // empty: ours
  std::string policy = {};
  std::string external_id = {};
  std::string seconds = {};  // empty or 0: an hour
  std::string region = {};
  bool vpc = false;
};

/// The error says which field is wrong, where, and what would be right.
Result<RoleSession> read_session(const RoleFields& fields, const std::string& where);

}  // namespace sas::credentials
