// SPDX-License-Identifier: Apache-2.0
#include "signing/acs3_signer.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <utility>

#include <openssl/evp.h>

namespace sas::signing {
namespace {

constexpr std::string_view kAlgorithm = "ACS3-HMAC-SHA256";

using Digest = std::array<unsigned char, 32>;

std::string hex(const Digest& digest) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += kHex[byte >> 4U];
    text += kHex[byte & 0xFU];
  }
  return text;
}

// Looked up once: finding an algorithm by its name costs OpenSSL more than hashing a request with it.
const EVP_MD* sha256_algorithm() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  return algorithm.get();
}

Digest sha256(std::string_view text) {
  Digest digest;
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, sha256_algorithm(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL computes no SHA-256");
  }
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view text) {
  Digest digest;
  std::size_t length = 0;
  const void* key_bytes = key.empty() ? "" : key.data();  // OpenSSL takes a null pointer for no key at all
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key_bytes, key.size(),
                reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
                digest.size(), &length) == nullptr) {
    throw std::runtime_error("OpenSSL computes no HMAC-SHA-256");
  }
  return digest;
}

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
