// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whose key it is. Source: STS 2015-04-01, GetCallerIdentity, for which nobody needs a permission.

#include <string>

#include <boost/asio/awaitable.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"
#include "http/client.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

struct CallerIdentity {
  std::string account_id;
  std::string arn;   // `acs:ram::1234567890123456:user/reader`, …
  std::string type;  // Account, RAMUser or AssumedRoleUser
};

/// Asks the STS at `endpoint` (`https://host[:port]`), where `ca_file` is trusted besides the system's;
/// empty: none. All arguments must live until it is done.
asio::awaitable<Result<CallerIdentity>> get_caller_identity(http::Client& http, const std::string& endpoint,
                                                            const std::string& ca_file, const AccessKey& key);

}  // namespace sas::credentials
