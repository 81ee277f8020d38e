// SPDX-License-Identifier: Apache-2.0
#pragma once
// The Security Token Service, as far as a key is to be had there. Source: the API's version 2015-04-01,
// AssumeRole and AssumeRoleWithOIDC.

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"
#include "credentials/variables.hpp"
#include "http/client.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

constexpr std::string_view kSessionName = "sas-operation-exporter";

/// The session that is asked for.
struct RoleSession {
  std::string role_arn;
  std::string session_name = {};  // empty: ALIBABA_CLOUD_ROLE_SESSION_NAME, else ours
  std::string policy = {};        // narrows what the role may do; empty: all that it may
  std::string external_id = {};   // AssumeRole only
  Milliseconds duration{3'600'000};
  std::string endpoint = {};  // `https://host`; empty: the one that the environment's region says
  std::string ca_file = {};   // trusted there besides the system's; empty: none
};

/// Fills what is empty: the session's name, and the endpoint from ALIBABA_CLOUD_STS_REGION and
/// _VPC_ENDPOINT_ENABLED.
void fill_session(RoleSession& session, const Variables& variables);

/// `https://sts.aliyuncs.com`, `https://sts.REGION.aliyuncs.com` or `https://sts-vpc.REGION.aliyuncs.com`;
/// within a VPC there is one only with a region, so that `vpc` counts for nothing without.
std::string sts_endpoint(std::string_view region, bool vpc);

/// A session of the role, asked for with `key`. Tried once more where the two clocks disagree. Errors name
/// role and endpoint. All arguments must live until it is done.
asio::awaitable<Result<AccessKey>> assume_role(http::Client& http, const RoleSession& session,
                                               const AccessKey& key);

/// The same for the bearer of an OIDC token, without any key.
asio::awaitable<Result<AccessKey>> assume_role_with_oidc(http::Client& http, const RoleSession& session,
                                                         const std::string& provider_arn,
                                                         const Secret& token);

}  // namespace sas::credentials
