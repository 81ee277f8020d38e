// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/digest.hpp"

#include <array>
#include <span>
#include <stdexcept>

#include <openssl/evp.h>

namespace sas::simulator {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hex(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

const unsigned char* bytes_of(std::string_view text) {
  return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}

}  // namespace

std::string sha256_hex(std::string_view text) {
  Digest digest;
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest.data(), &size) != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  return hex({digest.data(), size});
}

std::string hmac_sha256_hex(std::string_view key, std::string_view text) {
  Digest digest;
  std::size_t size = 0;
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(), key.size(), bytes_of(text),
                text.size(), digest.data(), digest.size(), &size) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-256");
  }
  return hex({digest.data(), size});
}

}  // namespace sas::simulator
