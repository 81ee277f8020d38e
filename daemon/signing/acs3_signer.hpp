// SPDX-License-Identifier: Apache-2.0
#pragma once
// ACS3-HMAC-SHA256, the request signature of Alibaba Cloud's OpenAPI (V3).
// Source: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature

#include <string>
#include <string_view>
#include <vector>

#include "base/access_key.hpp"
#include "base/time.hpp"
#include "signing/canonical_request.hpp"

namespace sas::signing {

/// What is to be signed.
struct Call {
  std::string method;            // `POST`
  std::string host;              // with `:port` where it is not the scheme's own
  std::string path = "/";        // percent-encoded already
  std::string action;            // `ListOperationProcess`
  std::string version;           // `2018-12-03`
  std::vector<NameValue> query;  // not percent-encoded, any order
  std::string body;              // empty for RPC calls with all parameters in the query
  std::string content_type;      // empty: none
  std::vector<NameValue> extra;  // more x-acs-* headers to sign, such as x-acs-retry-attempts
};

/// The same, ready to be sent.
struct SignedCall {
  std::string target;  // path, and `?` with the canonical query where there is one
  std::vector<NameValue>
      headers;  // all that were signed (host too), and Authorization; names in lower case but that one
};

/// Signs one attempt. `nonce` must be fresh for each, `now` within 15 minutes of the service's time. Throws
/// std::runtime_error only where OpenSSL has no SHA-256.
SignedCall sign(const Call& call, const AccessKey& key, Time now, std::string_view nonce);

/// The headers that a call is signed with, in canonical form.
std::vector<NameValue> headers_to_sign(const Call& call, const AccessKey& key, Time now,
                                       std::string_view nonce);

/// The algorithm's name and the hash of the canonical request: what the secret signs.
std::string string_to_sign(std::string_view canonical_request);

}  // namespace sas::signing
