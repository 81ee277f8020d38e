// SPDX-License-Identifier: Apache-2.0
#include "signing/digest.hpp"

#include <cstddef>
#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace sas::signing {
namespace {

// Looked up once: finding an algorithm by its name costs OpenSSL more than hashing a request with it.
const EVP_MD* sha256_algorithm() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
  return algorithm.get();
}

}  // namespace

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

std::string base64(const Digest& digest) {
  constexpr std::size_t kLength = (std::tuple_size_v<Digest> + 2) / 3 * 4;
  std::array<unsigned char, kLength + 1> text;  // OpenSSL ends it with a null character
  EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
  return {text.begin(), text.end() - 1};
}

}  // namespace sas::signing
