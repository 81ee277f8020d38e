// SPDX-License-Identifier: Apache-2.0
#pragma once
// ACS3-HMAC-SHA256, the request signature of Alibaba Cloud's OpenAPI (V3).
// Source: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/access_key.hpp"
#include "base/time.hpp"

namespace sas::signing {

using NameValue = std::pair<std::string, std::string>;

/// What is to be signed.
struct Call {
  std::string method;                // `POST`
  std::string host;                  // with `:port` where it is not the scheme's own
  std::string path = "/";
  std::string action;                // `ListOperationProcess`
  std::string version;               // `2018-12-03`
  std::vector<NameValue> query;      // not percent-encoded, any order
  std::string body;                  // empty for RPC calls with all parameters in the query
  std::string content_type;          // empty: none
  std::vector<NameValue> extra;      // more x-acs-* headers to sign, such as x-acs-retry-attempts
};

/// The same, ready to be sent.
struct SignedCall {
  std::string target;                // path, and `?` with the canonical query where there is one
  std::vector<NameValue> headers;    // all that were signed (host too), and Authorization; names in lower case but that one
};

/// Signs one attempt. `nonce` must be fresh for each, `now` within 15 minutes of the service's time.
SignedCall sign(const Call& call, const AccessKey& key, Time now, std::string_view nonce);

}  // namespace sas::signing
