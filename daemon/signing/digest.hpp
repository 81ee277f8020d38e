// SPDX-License-Identifier: Apache-2.0
#pragma once
// SHA-256 and what is made of it, by OpenSSL. All throw std::runtime_error where OpenSSL has none.

#include <array>
#include <string>
#include <string_view>

namespace sas::signing {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view text);
Digest hmac_sha256(std::string_view key, std::string_view text);

/// In lower case.
std::string hex(const Digest& digest);

/// RFC 4648, section 4, padded.
std::string base64(const Digest& digest);

}  // namespace sas::signing
