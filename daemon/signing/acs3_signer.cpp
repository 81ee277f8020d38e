// SPDX-License-Identifier: Apache-2.0
#include "signing/acs3_signer.hpp"

#include <utility>

#include "signing/digest.hpp"

namespace sas::signing {
namespace {

constexpr std::string_view kAlgorithm = "ACS3-HMAC-SHA256";

std::vector<NameValue> headers_with(const std::string& body_sha256, const Call& call, const AccessKey& key,
                                    Time now, std::string_view nonce) {
  std::vector<NameValue> headers = call.extra;
  headers.emplace_back("host", call.host);
  headers.emplace_back("x-acs-action", call.action);
  headers.emplace_back("x-acs-version", call.version);
  headers.emplace_back("x-acs-date", format_seconds(now));
  headers.emplace_back("x-acs-signature-nonce", nonce);
  headers.emplace_back("x-acs-content-sha256", body_sha256);
  if (!call.content_type.empty()) headers.emplace_back("content-type", call.content_type);
  if (!key.security_token.empty()) {
    headers.emplace_back("x-acs-accesskey-id", key.id);
    headers.emplace_back("x-acs-security-token", key.security_token.reveal());
  }
  return canonical_headers(std::move(headers));
}

}  // namespace

std::vector<NameValue> headers_to_sign(const Call& call, const AccessKey& key, Time now,
                                       std::string_view nonce) {
  return headers_with(hex(sha256(call.body)), call, key, now, nonce);
}

std::string string_to_sign(std::string_view canonical_request) {
  return std::string{kAlgorithm} + '\n' + hex(sha256(canonical_request));
}

SignedCall sign(const Call& call, const AccessKey& key, Time now, std::string_view nonce) {
  const std::string query = canonical_query(call.query);
  const std::string body_sha256 = hex(sha256(call.body));
  SignedCall ready{.target = query.empty() ? call.path : call.path + '?' + query,
                   .headers = headers_with(body_sha256, call, key, now, nonce)};
  const std::string request = canonical_request(call.method, call.path, query, ready.headers, body_sha256);
  const std::string signature = hex(hmac_sha256(key.secret.reveal(), string_to_sign(request)));

  std::string authorization{kAlgorithm};
  authorization.append(" Credential=").append(key.id);
  authorization.append(",SignedHeaders=").append(signed_header_names(ready.headers));
  authorization.append(",Signature=").append(signature);
  ready.headers.emplace_back("Authorization", std::move(authorization));
  return ready;
}

}  // namespace sas::signing
